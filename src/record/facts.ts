import { aDay, addDays, dayOf, meetingDayOf, type Rhythm, type Window, windowEnding } from '../calendar.ts'
import { actionsSince } from './actions.ts'
import { changesWithin } from './changes.ts'
import { complaintsWithin } from './complaints.ts'
import type { Db } from './db.ts'
import { drillHeard } from './drills.ts'
import { exposuresSince } from './exposures.ts'
import { forecastsDue, plannedWithin } from './forecasts.ts'
import { carriedInto } from './meeting-events.ts'
import { correctionsWithin, findMeeting, lastCutOffBefore } from './meetings.ts'
import { alikeAmong, incidentsOfMorning, usualMorning } from './morning.ts'
import { undeliveredSince } from './outbox.ts'
import { allPeople } from './people.ts'
import { problemsSince } from './problems.ts'
import { levelDays } from './service-levels.ts'
import { allServices } from './services.ts'
import type { Change, Facts, Incident } from './shapes.ts'
import { everySiteAt } from './sites.ts'
import { inputsHeard, sourcesHeard, waitingDeliveries } from './sources-heard.ts'

export interface Asking {
  at: Date
  rhythm: Rhythm
  cutOff?: Date | undefined
}

/**
 * Everything the agenda of one instant reasons from. The window is computed here, once, and travels inside the facts:
 * what the queries use is what the page shows. An opened meeting froze its cut-off: its window ends there, while what
 * stands open and whose it is goes on to `at`.
 */
export async function gatherFacts(db: Db, { at, rhythm, cutOff = at }: Asking): Promise<Facts> {
  const window = windowEnding(cutOff, { lastCutOff: await lastCutOffBefore(db, cutOff), rhythm })
  const today = dayOf(at, rhythm.zone)
  const incidents = await incidentsOfMorning(db, window, at)
  const [
    meeting,
    services,
    alike,
    problems,
    sites,
    exposures,
    plannedEvents,
    serviceLevels,
    changes,
    complaints,
    forecasts,
    actions,
    everybody,
    sources,
    inputs,
    deliveries,
    corrections,
    usual,
    drill,
    undelivered,
    carried,
  ] = await Promise.all([
    findMeeting(db, meetingDayOf(at, rhythm)),
    allServices(db),
    alikeAmong(
      db,
      incidents.filter((incident) => incident.news.length > 0),
      at,
    ),
    problemsSince(db, window, at),
    everySiteAt(db, at),
    exposuresSince(db, window.from, at),
    plannedWithin(db, at, new Date(at.getTime() + 14 * aDay)),
    levelDays(db, { from: addDays(today, -31), to: addDays(today, -1) }),
    changesOf(db, window, incidents),
    complaintsWithin(db, window),
    forecastsDue(db, window.from, at),
    actionsSince(db, window.from, at),
    allPeople(db),
    sourcesHeard(db, at),
    inputsHeard(db, window),
    waitingDeliveries(db),
    correctionsWithin(db, window.from, window.to),
    usualMorning(db, window, rhythm.zone),
    drillHeard(db, at),
    undeliveredSince(db, window.from, at),
    carriedInto(db, cutOff),
  ])
  const left = leftBy(everybody, at)
  return {
    asOf: at,
    zone: rhythm.zone,
    window,
    meeting: meeting?.cutOff && meeting.cutOff <= at ? meeting : null,
    meetingDay: meetingDayOf(at, rhythm),
    services,
    incidents: incidents.map(left),
    alike,
    problems: problems.map(left),
    sites,
    exposures: exposures.map(left),
    plannedEvents,
    serviceLevels,
    changes,
    complaints,
    forecasts,
    actions: actions.map(left),
    people: everybody.filter((person) => person.closedAt === null || person.closedAt > at),
    sources,
    inputs,
    deliveries,
    corrections,
    usual,
    drill,
    undelivered,
    carried,
  }
}

async function changesOf(db: Db, window: Window, incidents: readonly Incident[]): Promise<Change[]> {
  const starts = incidents
    .map((incident) => incident.startedAt.getTime())
    .filter((start) => start > window.from.getTime())
  const first = Math.min(window.to.getTime(), ...starts)
  const from = new Date(Math.min(window.from.getTime(), first - aDay))
  return changesWithin(db, { from, to: window.to, heardFrom: window.from, bornAt: db.bornAt })
}

// What somebody who has left owned is nobody's: it comes back to the room as unowned.
function leftBy(everybody: readonly { id: string; name: string; closedAt: Date | null }[], at: Date) {
  const gone = new Set(
    everybody
      .filter((person) => person.closedAt !== null && person.closedAt <= at)
      .flatMap((person) => [person.id, person.name.toLowerCase()]),
  )
  return <T extends { ownerId: string | null }>(owned: T): T =>
    owned.ownerId !== null && gone.has(owned.ownerId.toLowerCase()) ? { ...owned, ownerId: null } : owned
}
