import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { PreFlightPage } from '../../views/pre-flight.tsx'
import { RoomPage } from '../../views/room.tsx'
import { offendersOf } from '../agenda/offenders.ts'
import { stopsOf } from '../agenda/score.ts'
import { weekdayOf } from '../calendar.ts'
import { mostRested } from '../measures/fairness.ts'
import { deepDiveDay } from '../meeting/open.ts'
import { lastSaid } from '../record/meeting-events.ts'
import { gatherSitting } from '../record/sitting.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import { type Env, factory } from './house.ts'
import { type Morning, morningOf } from './mornings.tsx'
import { roomOf } from './room-reading.ts'

/** Where whoever leads is: before the meeting, at the stop where the room is, or at another one to have a look. */
export const run = factory
  .createApp()
  .get('/:day/run', (c) => page(c, ''))
  .get('/:day/run/:screen', (c) => page(c, c.req.param('screen')))
  .get('/:day/run/:screen/:item', (c) => page(c, `${c.req.param('screen')}/${c.req.param('item')}`))

async function page(c: Context<Env>, asked: string): Promise<Response> {
  const day = c.req.param('day') ?? ''
  const morning = await morningOf(c, day)
  if (!morning) return c.notFound()
  const { meeting } = morning.facts
  const isAhead = !meeting?.openedAt
  if (meeting?.closedAt) return elsewhere(c, paths.minutes(day))
  if (isAhead !== (asked === beforeIt) && !(isAhead && asked === '')) return elsewhere(c, paths.run(day))
  if (isAhead) return preFlight(c, morning)

  const room = await roomOf(c, morning, asked)
  return room ? show(c, <RoomPage around={await around(c)} room={room} leads />) : c.notFound()
}

const beforeIt = 'pre-flight'

/** Another kind of page: where a script only wanted this one anew, it must load that one whole. */
function elsewhere(c: Context<Env>, path: string): Response {
  if (!c.req.header('hx-request')) return c.redirect(path, 303)
  return c.body(null, 204, { 'hx-redirect': path })
}

async function preFlight(c: Context<Env>, { facts, agenda }: Morning): Promise<Response> {
  const sitting = await gatherSitting(c.var.db, facts)
  const top =
    [...agenda.sections.flatMap(({ items }) => items)].find(({ ownerId }) => ownerId !== null)?.ownerId ?? null
  const led = [...sitting.chairs, ...(await turnsBefore(c, 'facilitator'))]
  const facilitator = mostRested(facts.people, led, [top])
  const surroundings = await around(c)
  return show(
    c,
    <PreFlightPage
      around={surroundings}
      agenda={agenda}
      facts={facts}
      offenders={offendersOf(facts, sitting)}
      waiting={sitting.handOvers.filter(({ acceptedAt, returnedAt }) => acceptedAt === null && returnedAt === null)}
      facilitator={facilitator}
      scribe={mostRested(facts.people, await turnsBefore(c, 'scribe'), [top, facilitator?.id ?? null])}
      taken={sitting.state}
      conflict={surroundings.me !== null && surroundings.me.id === top}
      screens={stopsOf(agenda, { raised: sitting.state.raised.length, decided: 0 }).length}
      deepDive={weekdayOf(agenda.meetingDay) === deepDiveDay ? (sitting.state.deepDive ?? '') : null}
    />,
  )
}

/** Who had a part in earlier meetings, and when. */
async function turnsBefore(c: Context<Env>, part: 'facilitator' | 'scribe'): Promise<{ by: string; at: Date }[]> {
  const said = await lastSaid(c.var.db, [part], 20)
  return said.map(({ value, at }) => ({ by: value, at }))
}
