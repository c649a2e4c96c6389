import type { Context } from 'hono'
import { ChangePage } from '../../views/change.tsx'
import { paths } from '../../views/paths.ts'
import { say } from '../meeting/say.ts'
import { incidentsAsTheyStood } from '../record/as-they-stood.ts'
import { findChange } from '../record/changes.ts'
import { changeTimeline, incidentsAfter } from '../record/details.ts'
import type { ChangeHappening } from '../record/fact.ts'
import type { Change } from '../record/shapes.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { tellChange } from './by-hand.tsx'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { list } from './lists.tsx'
import { isOneOf, notOneOf } from './wanting.ts'

type Deed = (c: Context<Env>, change: Change) => Promise<Response>
const on = (deed: Deed) => found((c, id) => findChange(c.var.db, id, c.var.asOf), deed)

export const changes = factory
  .createApp()
  .get('/', ...list('changes'))
  .post('/', ...tellChange)
  .get('/:id', ...on(page))
  .post('/:id/rollback', ...on((c, change) => told(c, change, { event: 'rolled-back' })))
  .post('/:id/denial', ...on((c, change) => told(c, change, { event: 'denied' })))
  .post('/:id/course', ...on(course))

async function page(c: Context<Env>, change: Change): Promise<Response> {
  const [surroundings, timeline, incidents] = await Promise.all([
    around(c),
    changeTimeline(c.var.db, change.id),
    incidentsAfter(c.var.db, change).then((rows) => incidentsAsTheyStood(c.var.db, rows, c.var.asOf)),
  ])
  const happened = timeline.filter(({ at }) => at <= c.var.asOf)
  return show(c, <ChangePage around={surroundings} change={change} incidents={incidents} timeline={happened} />)
}

/** What the room says of a change that is under way. */
async function course(c: Context<Env>, change: Change): Promise<Response> {
  const { course } = await words(c)
  if (!isOneOf(courses, course)) return notOneOf(c, 'course', courses)
  return told(c, change, { event: 'course', value: course })
}
const courses = ['hold', 'go-on', 'watch'] as const

type Said = Pick<ChangeHappening, 'event' | 'value'>

async function told(c: Context<Env>, { id }: Change, said: Said): Promise<Response> {
  const { why = '' } = await words(c)
  const { at, by } = voice(c)
  await say(c.var.db, [{ kind: 'change-event', changeId: id, at, by, why, ...said }], { at, by })
  return answer(c, paths.change(id))
}
