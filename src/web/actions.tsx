import type { Context } from 'hono'
import { ActionPage } from '../../views/action.tsx'
import { paths } from '../../views/paths.ts'
import { dateTimeWords } from '../calendar.ts'
import { assign } from '../meeting/assign.ts'
import { say } from '../meeting/say.ts'
import { actionTimeline, findAction } from '../record/actions.ts'
import type { ActionHappening } from '../record/fact.ts'
import type { Action } from '../record/shapes.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { list } from './lists.tsx'
import { overtaken, ownerMatter } from './overtaken.tsx'
import { idForWords } from './room-ids.ts'
import { dueOrFault, missing, nobody, unfit } from './wanting.ts'

type Deed = (c: Context<Env>, action: Action) => Promise<Response>
const on = (deed: Deed) => found((c, id) => findAction(c.var.db, id, c.var.asOf), deed)

export const actions = factory
  .createApp()
  .get('/', ...list('actions'))
  .post('/', open)
  .get('/:id', ...on(page))
  .post('/:id/owner', ...on(owner))
  .post('/:id/due', ...on(due))
  .post('/:id/acknowledgement', ...on((c, action) => told(c, action, { event: 'acknowledged' })))
  .post('/:id/completion', ...on((c, action) => end(c, action, 'done')))
  .post('/:id/dropping', ...on(drop))

async function page(c: Context<Env>, action: Action): Promise<Response> {
  const timeline = await actionTimeline(c.var.db, action.id)
  const happened = timeline.filter(({ at }) => at <= c.var.asOf)
  return show(c, <ActionPage around={await around(c)} action={action} timeline={happened} />)
}

async function open(c: Context<Env>): Promise<Response> {
  const { title, owner, due, originKind, originId } = await words(c)
  if (!title) return missing(c, 'title', 'Say what is to be done')

  const dueAt = due ? dueOrFault(due, c.var.settings.rhythm.zone) : null
  if (typeof dueAt === 'string') return unfit(c, { field: 'due', fault: dueAt, mend: 'Write 2026-11-25' })

  const { at, by } = voice(c)
  const id = idForWords(c, ['action', title, owner, due, originKind, originId])
  const told = { title, dueAt, originKind: originKind ?? null, originId: originId ?? null }
  const opened = { kind: 'action-event', actionId: id, at, by, event: 'opened' } as const
  await say(c.var.db, [{ kind: 'action', id, at, told }, opened], { at, by })
  if (!owner) return answer(c, paths.action(id))

  const assignment = await assign(c.var.db, { kind: 'action', id }, owner, { at, by })
  return assignment.outcome === 'assigned' ? answer(c, paths.action(id)) : nobody(c, owner)
}

async function owner(c: Context<Env>, { id, title, ownerId }: Action): Promise<Response> {
  const { owner } = await words(c)
  if (!owner) return missing(c, 'owner', 'Name the person who takes it')

  const matter = await ownerMatter(c, { what: `the owner of “${title}”`, stands: ownerId, wanted: owner })
  const quarrel = await overtaken(c, [matter])
  if (quarrel) return quarrel

  const assignment = await assign(c.var.db, { kind: 'action', id }, owner, voice(c))
  return assignment.outcome === 'assigned' ? answer(c, paths.action(id)) : nobody(c, owner)
}

async function due(c: Context<Env>, action: Action): Promise<Response> {
  const { due } = await words(c)
  if (!due) return missing(c, 'due', 'Say by when')

  const at = dueOrFault(due, c.var.settings.rhythm.zone)
  if (typeof at === 'string') return unfit(c, { field: 'due', fault: at, mend: 'Write 2026-11-25' })
  const inWords = (value: string) => value && dateTimeWords(new Date(value), c.var.settings.rhythm.zone)
  const matter = { field: 'due', what: `the date of “${action.title}”`, wanted: at.toISOString(), told: inWords }
  const quarrel = await overtaken(c, [{ ...matter, stands: action.dueAt?.toISOString() ?? null }])
  return quarrel ?? told(c, action, { event: 'due', value: at.toISOString() })
}

async function drop(c: Context<Env>, action: Action): Promise<Response> {
  const { why } = await words(c)
  return why ? end(c, action, 'dropped') : missing(c, 'why', 'Say why it is dropped')
}

async function end(c: Context<Env>, action: Action, as: 'done' | 'dropped'): Promise<Response> {
  const matter = { field: 'state', what: `how “${action.title}” ended`, stands: action.state, wanted: as }
  return (await overtaken(c, [matter])) ?? told(c, action, { event: as })
}

type Said = Pick<ActionHappening, 'event' | 'value'>

async function told(c: Context<Env>, { id }: Action, said: Said): Promise<Response> {
  const { why = '' } = await words(c)
  const { at, by } = voice(c)
  await say(c.var.db, [{ kind: 'action-event', actionId: id, at, by, why, ...said }], { at, by })
  return answer(c, paths.action(id))
}
