import type { IncidentReason, Suspect } from '../src/agenda/reason.ts'
import type { Severity } from '../src/record/schema.ts'
import { counted, dayWords, figure, type Reading, spell, when } from './figures.ts'
import { severityWord } from './names.ts'

/** Why an incident, or a company of them, is on the agenda, the weightiest first. */
export function incidentClauses(reason: IncidentReason, reading: Reading): string[] {
  switch (reason.kind) {
    case 'new':
      return [
        `${severityWord(reason.severity)}, ${openWords(reason.startedAt, reason.mitigatedAt, reading)}`,
        ...impactClauses(reason.customerMinutes),
        ...suspectClauses(reason.suspect, reason.startedAt),
      ]
    case 'restored':
      return [
        `${severityWord(reason.severity)}, over after ${spell(reason.at.getTime() - reason.startedAt.getTime())}, ended ${when(reason.at, reading)}`,
        ...impactClauses(reason.customerMinutes),
        ...suspectClauses(reason.suspect, reason.startedAt),
      ]
    case 'reopened':
      return [
        `${severityWord(reason.severity)}, open again since ${when(reason.at, reading)}`,
        ...impactClauses(reason.customerMinutes),
      ]
    case 'moved':
      return [
        `${severityWord(reason.severity)}, ${movedWords(reason.what)} ${when(reason.at, reading)}`,
        ...impactClauses(reason.customerMinutes),
      ]
    case 'late':
      return [
        `${severityWord(reason.severity)}, late: belongs to ${dayWords(reason.belongsTo, reading)}, but we heard of it only now`,
        ...impactClauses(reason.customerMinutes),
      ]
    case 'alike':
      return [
        `${figure(reason.count)} alike, ${companyWord(reason.severity)}, ${openCountWords(reason.openCount, reason.count)}`,
        `from ${when(reason.firstAt, reading)} to ${when(reason.lastAt, reading)}`,
        ...impactClauses(reason.customerMinutes),
      ]
    case 'still open':
      return [
        `${severityWord(reason.severity)}, ${openWords(reason.since, reason.mitigatedAt, reading)}${reason.unowned ? ', nobody owns it' : ''}`,
        ...impactClauses(reason.customerMinutes),
      ]
  }
}

/** Sev1 and sev2 keep to themselves; the others are told together. */
function companyWord(gravest: Severity | null): string {
  return gravest === 'sev1' || gravest === 'sev2' ? `all ${severityWord(gravest)}` : `gravest ${severityWord(gravest)}`
}

function openCountWords(open: number, count: number): string {
  if (open === 0) return 'all over'
  return open === count ? 'all still open' : `${figure(open)} still open`
}

function openWords(since: Date, mitigatedAt: Date | null, reading: Reading): string {
  return mitigatedAt
    ? `service back ${when(mitigatedAt, reading)} after ${spell(mitigatedAt.getTime() - since.getTime())}, not yet resolved`
    : `open for ${spell(reading.asOf.getTime() - since.getTime())}, since ${when(since, reading)}`
}

function impactClauses(customerMinutes: number | null): string[] {
  if (customerMinutes === null) return []
  return customerMinutes === 0
    ? ['near miss: no customer was hurt']
    : [counted(Math.round(customerMinutes), 'customer-minute')]
}

function suspectClauses(suspect: Suspect | null, startedAt: Date): string[] {
  return suspect
    ? [`suspect: ${suspect.what}, ${spell(startedAt.getTime() - suspect.at.getTime())} before it began`]
    : []
}

function movedWords(what: string): string {
  const moves: Record<string, string> = {
    acknowledged: 'acknowledged',
    assigned: 'owner named',
    severity: 'severity changed',
    mitigated: 'service back, not yet resolved,',
    resolved: 'resolved',
    closed: 'closed',
    reopened: 'reopened',
    note: 'noted upon',
    'linked-problem': 'linked to a problem',
    'merged-into': 'merged',
    'split-from': 'split off again',
    'clock-skew': 'told by a clock ahead of ours',
    postmortem: 'postmortem decided',
    'postmortem-scheduled': 'postmortem scheduled',
  }
  return moves[what] ?? 'updated'
}
