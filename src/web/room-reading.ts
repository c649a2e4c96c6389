import type { Context } from 'hono'
import { encode } from 'uqr'
import { paths, withWords } from '../../views/paths.ts'
import type { Card, Closing, Joining, Room } from '../../views/room.tsx'
import { isGrave, isOpen } from '../agenda/gravity.ts'
import { itemsAt, type Stop, stopAt, stopOf, stopsOf } from '../agenda/score.ts'
import { ownersToSuggest, problemToSuggest } from '../agenda/suggestions.ts'
import { timeBoxes } from '../agenda/time-boxes.ts'
import { dueDayAfter, dueOn } from '../calendar.ts'
import { lockedBy } from '../measures/deploy-lock.ts'
import { adviceFor } from '../measures/postmortem-advice.ts'
import { whoShouldCome } from '../post/invitations.ts'
import { outageOf } from '../record/outage-state.ts'
import { outagesOf } from '../record/outages.ts'
import { allPeople } from '../record/people.ts'
import { problemsBehindLike } from '../record/problems.ts'
import type { Incident } from '../record/shapes.ts'
import { gatherSitting } from '../record/sitting.ts'
import type { Env } from './house.ts'
import type { Morning } from './mornings.tsx'

/** The room at the stop asked for, or where it is. undefined = there is no such stop. */
export async function roomOf(c: Context<Env>, { facts, agenda }: Morning, asked = ''): Promise<Room | undefined> {
  const sitting = await gatherSitting(c.var.db, facts)
  const { state, decisions, meeting } = sitting
  const stops = stopsOf(agenda, { raised: state.raised.length, decided: decisions.length })
  const stop = asked ? stopAt(stops, agenda, asked) : stopOf(stops, agenda, state.screen)
  if (!stop) return undefined

  const openedAt = meeting?.openedAt ?? facts.asOf
  return {
    agenda,
    facts,
    sitting,
    stops,
    stop,
    boxes: timeBoxes(state, { stop, stops, openedAt, now: facts.asOf }),
    lock: lockedBy(facts.incidents, facts.asOf),
    card: await cardOf(c, stop, facts),
    joining: stop.screen === 'roll-call' ? joiningBy(c, state.joinCode) : null,
    closing: stop.screen === 'close' ? await closingOf(c, { facts, agenda }) : null,
  }
}

async function cardOf(c: Context<Env>, { item }: Stop, facts: Morning['facts']): Promise<Card | null> {
  const incident = item?.subject.kind === 'incident' ? facts.incidents.find(({ id }) => id === item.subject.id) : null
  if (!item || !incident) return null

  const [behindLike, [outage]] = await Promise.all([
    problemsBehindLike(c.var.db, incident),
    outagesOf(c.var.db, [incident.id], facts.asOf),
  ])
  return {
    incident,
    owners: ownersToSuggest(incident, facts),
    problem: problemToSuggest(incident, facts, behindLike),
    advice: adviceFor(incident, facts),
    outage: outage ?? outageOf(incident.id, []),
    alike: item.reason.kind === 'alike' ? item.reason.count : 1,
  }
}

async function closingOf(c: Context<Env>, { facts, agenda }: Morning): Promise<Closing> {
  const { rhythm } = c.var.settings
  const people = await allPeople(c.var.db)
  const due = facts.incidents.filter(({ id }) =>
    itemsAt('close', agenda)
      .slice(0, 3)
      .some(({ subject }) => subject.id === id),
  )
  const asked = await Promise.all(
    due.map(async (incident) => [incident.id, await whoShouldCome(c.var.db, incident, people)] as const),
  )
  return { nextAt: dueOn(dueDayAfter(agenda.meetingDay, rhythm), rhythm), asked: new Map(asked) }
}

function joiningBy(c: Context<Env>, code: string | null): Joining | null {
  if (code === null) return null
  const address = new URL(withWords(paths.join, { code }), c.var.settings.publicUrl).href
  return { code, address, squares: encode(address, { border: 2 }).data }
}

/** The incidents of a company that a card speaks for: told together, decided together. */
export function companyOf({ facts, agenda }: Morning, gravest: Incident): Incident[] {
  const isCompany = agenda.sections.some(({ items }) =>
    items.some(({ subject, reason }) => subject.id === gravest.id && reason.kind === 'alike'),
  )
  if (!isCompany) return [gravest]

  return facts.incidents
    .filter(({ service, symptom }) => service === gravest.service && symptom === gravest.symptom)
    .filter(
      (one) => (isGrave(one.severity) ? one.severity : null) === (isGrave(gravest.severity) ? gravest.severity : null),
    )
    .filter((one) => isOpen(one) || one.news.length > 0)
}
