import type { Context } from 'hono'
import { ChangePage } from '../../views/change.tsx'
import { paths } from '../../views/paths.ts'
import { say } from '../meeting/say.ts'
import { incidentsAsTheyStood } from '../record/as-they-stood.ts'
import { findChange } from '../record/changes.ts'
import { changeTimeline, incidentsAfter } from '../record/details.ts'
import type { Change } from '../record/shapes.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { tellChange } from './by-hand.tsx'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { list } from './lists.tsx'

type Deed = (c: Context<Env>, change: Change) => Promise<Response>
const on = (deed: Deed) => found((c, id) => findChange(c.var.db, id, c.var.asOf), deed)

export const changes = factory
  .createApp()
  .get('/', ...list('changes'))
  .post('/', ...tellChange)
  .get('/:id', ...on(page))
  .post('/:id/rollback', ...on((c, change) => told(c, change, 'rolled-back')))
  .post('/:id/denial', ...on((c, change) => told(c, change, 'denied')))

async function page(c: Context<Env>, change: Change): Promise<Response> {
  const [surroundings, timeline, incidents] = await Promise.all([
    around(c),
    changeTimeline(c.var.db, change.id),
    incidentsAfter(c.var.db, change).then((rows) => incidentsAsTheyStood(c.var.db, rows, c.var.asOf)),
  ])
  const happened = timeline.filter(({ at }) => at <= c.var.asOf)
  return show(c, <ChangePage around={surroundings} change={change} incidents={incidents} timeline={happened} />)
}

async function told(c: Context<Env>, { id }: Change, event: 'rolled-back' | 'denied'): Promise<Response> {
  const { why = '' } = await words(c)
  const { at, by } = voice(c)
  await say(c.var.db, [{ kind: 'change-event', changeId: id, at, by, why, event }], { at, by })
  return answer(c, paths.change(id))
}
