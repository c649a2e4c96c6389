import { severityFrom } from './severities.ts'

/** What a ticket is here, by what it is called there. */
export type TicketKind = 'incident' | 'problem' | 'change'

const kinds: [TicketKind, RegExp][] = [
  ['incident', /^(\[system\] )?(major |security |service |production )?(incident|outage)s?$|^sev[-_ :]?\d$/i],
  ['problem', /^(\[system\] )?(problem|known[-_ ]error|root[-_ ]cause|live[-_ ]bug|recurring)s?$/i],
  ['change', /^(\[system\] )?((normal |standard |emergency )?change|change[-_ ]request)s?$/i],
]
const bug = /^(\[system\] )?(bug|defect)s?$/i
const named = /-(incident|problem|change)s$/

export interface TicketNames {
  source: string // the source's own name
  names: readonly (string | undefined)[] // its type and its labels
  severity?: string | undefined // in the tracker's own words
}

/**
 * The one rule for every tracker. Where the source itself is called so (jira-incidents, github-problems), every ticket of it
 * is one: its webhook was told what to send. Else a ticket whose type, or one of whose labels, says incident (or outage, or
 * sev1 to sev9) is an incident; problem, known error, root cause, recurring or live bug make it a problem, and so does a bug
 * of the gravest priority; change or change request a change. Of several the first of these counts. A label may have a scope
 * before it ('type: incident', 'ops::problem'). All other tickets are work, and not for us.
 */
export function ticketKind({ source, names, severity }: TicketNames): TicketKind | null {
  const byName = named.exec(source)?.[1]
  if (byName === 'incident' || byName === 'problem' || byName === 'change') return byName

  const words = names.filter((name) => name !== undefined).map((name) => name.replace(scope, '').trim())
  const said = kinds.find(([, pattern]) => words.some((word) => pattern.test(word)))?.[0]
  const isGraveBug = words.some((word) => bug.test(word)) && severityFrom(severity) === 'sev1'
  return said ?? (isGraveBug ? 'problem' : null)
}
const scope = /^[\w -]{1,40}(?:::?|\/)/

/** Which tracker it is, whatever its tickets are: 'jira-eu-incidents' and 'jira-eu-problems' are one, and link to each other. */
export function trackerOf(source: string): string {
  return source.replace(named, '')
}

/** What a label with a scope says: 'service: checkout' is 'checkout' of 'service'. */
export function scoped(labels: readonly string[], ...scopes: string[]): string | undefined {
  const pairs = labels.map((label) => /^([\w -]{1,40})(?:::?|\/)(.+)$/.exec(label))
  return pairs.find((pair) => pair && scopes.includes(pair[1]?.trim().toLowerCase() ?? ''))?.[2]?.trim()
}
