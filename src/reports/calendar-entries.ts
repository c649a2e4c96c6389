import { addDays, aMinute, anHour, dayOf, dueDayAfter, dueOn, isDue, type Rhythm } from '../calendar.ts'
import type { Watched } from '../measures/watch.ts'
import type { Facts, Incident } from '../record/shapes.ts'

/** Something with a date, as a calendar shows it. allDay: `from` and `to` are days, `to` exclusive. */
export type Entry = {
  id: string // from what it is about, so that a newer word replaces the older one
  kind: 'meeting' | 'postmortem' | 'action' | 'watch' | 'planned'
  title: string
  subject: { kind: 'meeting' | 'incident' | 'action' | 'problem' | 'planned-event'; id: string }
  words: string[]
} & ({ allDay: false; from: Date; to: Date } | { allDay: true; from: string; to: string })

/** Whose calendar: one person's, or a team's with its members and services. */
export type Whose =
  | { kind: 'person'; id: string }
  | { kind: 'team'; members: readonly string[]; services: readonly string[] }

export interface Dated {
  facts: Facts
  watched: readonly Watched[]
  invited: ReadonlyMap<string, readonly string[]> // by incident: who is asked to its postmortem
  rhythm: Rhythm
}

export const sessionMs = anHour
const meetingMs = 15 * aMinute
const daysAhead = 28

/** Meetings to come, postmortems, what is due, when a fix is proved, what is planned: by their start. */
export function calendarEntries(dated: Dated, whose: Whose): Entry[] {
  return [
    ...meetingEntries(dated),
    ...postmortemEntries(dated, whose),
    ...actionEntries(dated, whose),
    ...watchEntries(dated, whose),
    ...plannedEntries(dated, whose),
  ].toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1))
}

function startOf({ from }: Entry): string {
  return typeof from === 'string' ? from : from.toISOString()
}

function meetingEntries({ facts, rhythm }: Dated): Entry[] {
  const today = dayOf(facts.asOf, rhythm.zone)
  const last = addDays(today, daysAhead)
  const days: string[] = isDue(today, rhythm) ? [today] : []
  for (let day = dueDayAfter(today, rhythm); day <= last; day = dueDayAfter(day, rhythm)) days.push(day)
  return days.map((day) => {
    const from = dueOn(day, rhythm)
    return {
      id: `meeting-${day}`,
      kind: 'meeting',
      title: 'Morning operations meeting',
      subject: { kind: 'meeting', id: day },
      words: [],
      allDay: false,
      from,
      to: new Date(from.getTime() + meetingMs),
    }
  })
}

function postmortemEntries({ facts, invited }: Dated, whose: Whose): Entry[] {
  return facts.incidents
    .filter((incident) => isHeld(incident) && concerns(incident, invited.get(incident.id) ?? [], whose))
    .map((incident) => postmortemEntry(incident))
}

export function isHeld({ postmortem, postmortemFor }: Pick<Incident, 'postmortem' | 'postmortemFor'>): boolean {
  return postmortem !== 'no' && postmortemFor !== null
}

/** The session of one incident's postmortem. */
export function postmortemEntry(incident: Pick<Incident, 'id' | 'title' | 'severity' | 'postmortemFor'>): Entry {
  const from = incident.postmortemFor ?? new Date(0)
  return {
    id: `postmortem-${incident.id}`,
    kind: 'postmortem',
    title: `Postmortem: ${incident.title}`,
    subject: { kind: 'incident', id: incident.id },
    words: ['First the timeline, then the issues, then the actions.'],
    allDay: false,
    from,
    to: new Date(from.getTime() + sessionMs),
  }
}

function concerns({ ownerId, service }: Incident, invited: readonly string[], whose: Whose): boolean {
  const people = [...invited, ...(ownerId ? [ownerId] : [])]
  return whose.kind === 'person'
    ? people.includes(whose.id)
    : people.some((id) => whose.members.includes(id)) || (service !== null && whose.services.includes(service))
}

function actionEntries({ facts }: Dated, whose: Whose): Entry[] {
  return facts.actions.flatMap(({ id, title, ownerId, dueAt, endedAt }): Entry[] => {
    if (endedAt !== null || dueAt === null || !isTheirs(ownerId, whose)) return []
    const day = dayOf(dueAt, facts.zone)
    return [
      {
        id: `action-${id}`,
        kind: 'action',
        title: `Due: ${title}`,
        subject: { kind: 'action', id },
        words: [],
        ...wholeDay(day),
      },
    ]
  })
}

/** The day by which luck is at most 5 %, if all the days until then are quiet and measured. */
function watchEntries({ facts, watched }: Dated, whose: Whose): Entry[] {
  return facts.problems.flatMap((problem): Entry[] => {
    const confidence = watched.find(({ problemId }) => problemId === problem.id)?.confidence
    const isOfTeam = whose.kind === 'team' && problem.service !== null && whose.services.includes(problem.service)
    if (!confidence || confidence.daysLeft === 0 || !(isTheirs(problem.ownerId, whose) || isOfTeam)) return []
    const day = addDays(dayOf(facts.asOf, facts.zone), confidence.daysLeft)
    const title = `Fix proved, if it stays quiet: ${problem.title}`
    return [
      {
        id: `watch-${problem.id}`,
        kind: 'watch',
        title,
        subject: { kind: 'problem', id: problem.id },
        words: [],
        ...wholeDay(day),
      },
    ]
  })
}

function plannedEntries({ facts }: Dated, whose: Whose): Entry[] {
  return facts.plannedEvents
    .filter(({ service }) => whose.kind === 'person' || service === null || whose.services.includes(service))
    .map(({ id, title, from, to, service, peakPercent }) => ({
      id: `planned-${id}`,
      kind: 'planned',
      title: service ? `${title} (${service})` : title,
      subject: { kind: 'planned-event', id },
      words: peakPercent === null ? [] : [`Peak ${peakPercent} % of capacity.`],
      allDay: false,
      from,
      to,
    }))
}

function isTheirs(ownerId: string | null, whose: Whose): boolean {
  return ownerId !== null && (whose.kind === 'person' ? ownerId === whose.id : whose.members.includes(ownerId))
}

function wholeDay(day: string): { allDay: true; from: string; to: string } {
  return { allDay: true, from: day, to: addDays(day, 1) }
}

/** Whether a session would meet something that stands in the calendar already. */
export function isFree(from: Date, busy: readonly Entry[]): boolean {
  const to = from.getTime() + sessionMs
  return busy.every((entry) => entry.allDay || entry.to <= from || entry.from.getTime() >= to)
}
