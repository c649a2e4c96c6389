import type { Reason } from '../../src/agenda/shapes.ts'
import type { Severity, SiteState } from '../../src/record/schema.ts'
import { severityWord } from '../names.ts'
import type { Tone } from './marks.tsx'

/** How loud an item is: red needs the room now, amber needs care, green is good news, plain is for the record. */
export function toneOf(reason: Reason): Tone {
  switch (reason.kind) {
    case 'alone':
      return reason.escalation !== 'room' || (reason.headroomPoints ?? 0) < 0 ? 'red' : 'amber'
    case 'unproven':
      return reason.escalation === 'room' ? 'amber' : 'red'
    case 'thin':
    case 'overdue':
    case 'off target':
    case 'reopened':
    case 'recurred':
    case 'backup in doubt':
      return 'red'
    case 'new':
    case 'still open':
      return ofSeverity(reason.severity)
    case 'alike':
      return reason.openCount > 0 ? ofSeverity(reason.severity) : 'plain'
    case 'due today':
    case 'no due date':
    case 'unacknowledged':
    case 'burning':
    case 'not measured':
    case 'recurring':
    case 'to decide':
    case 'put off':
    case 'to schedule':
    case 'silent':
    case 'unreadable deliveries':
    case 'undelivered':
    case 'complained':
      return 'amber'
    case 'changed':
      return reason.suspectOf.length > 0 ? 'amber' : 'plain'
    case 'redundant again':
    case 'restored':
    case 'done since':
    case 'problem closed':
      return 'green'
    case 'due later':
    case 'dropped since':
    case 'moved':
    case 'late':
    case 'causes incidents':
    case 'under watch':
    case 'predicted':
    case 'planned':
    case 'scheduled':
    case 'correction':
      return 'plain'
  }
}

export function ofSeverity(severity: Severity | null): Tone {
  return severity === 'sev1' || severity === 'sev2' ? 'red' : 'amber'
}

export function ofSite(state: SiteState): Tone {
  return state === 'unable' ? 'red' : state === 'serving' || state === 'able' ? 'green' : 'amber'
}

/** The clauses of a reason without the severity that a tag beside the title tells already. */
export function untagged(clauses: readonly string[], reason: Reason): string[] {
  const [first = '', ...others] = clauses
  const tag = 'severity' in reason ? `${severityWord(reason.severity)}, ` : ''
  return [tag && first.startsWith(tag) ? first.slice(tag.length) : first, ...others]
}
