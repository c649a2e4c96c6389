import type { Rhythm } from '../calendar.ts'
import type { Db } from '../record/db.ts'
import { gatherFacts } from '../record/facts.ts'
import { invitedAhead } from '../record/invitations.ts'
import { allPeople } from '../record/people.ts'
import type { Incident } from '../record/shapes.ts'
import { calendarEntries, type Entry } from '../reports/calendar-entries.ts'
import { proposeSession } from '../reports/session.ts'
import { whoShouldCome } from './invitations.ts'

/** The first hour within its severity's limit at which nobody who should come is known to be elsewhere; null = none is free. */
export async function proposeFor(
  db: Db,
  incident: Incident,
  { now, rhythm }: { now: Date; rhythm: Rhythm },
): Promise<Date | null> {
  const [facts, invited, people] = await Promise.all([
    gatherFacts(db, { at: now, rhythm }),
    invitedAhead(db, now),
    allPeople(db),
  ])
  const coming = await whoShouldCome(db, incident, people)
  const dated = { facts, watched: [], invited, rhythm }
  const busy = coming
    .flatMap((id) => calendarEntries(dated, { kind: 'person', id }))
    .filter((entry) => isBusy(entry, incident))
  const decidedAt = incident.postmortemAt ?? now
  return proposeSession({ severity: incident.severity, decidedAt, now, rhythm, busy })
}

/** A sale keeps only those busy whose service it is; of the incident's own session nobody needs to be freed. */
function isBusy({ kind, id, title }: Entry, { id: own, service }: Incident): boolean {
  if (kind === 'planned') return service === null || title.includes(service)
  return kind !== 'postmortem' || id !== `postmortem-${own}`
}
