/** What a ticket is here, by what it is called there. */
export type TicketKind = 'incident' | 'problem' | 'change'

const kinds: [TicketKind, RegExp][] = [
  ['incident', /^(\[system\] )?(major |security |service |production )?(incident|outage)s?$|^sev[-_ :]?\d$/i],
  ['problem', /^(\[system\] )?(problem|known[-_ ]error|root[-_ ]cause|live[-_ ]bug|recurring)s?$/i],
  ['change', /^(\[system\] )?(change|change[-_ ]request|normal change|standard change|emergency change)s?$/i],
]

/**
 * The one rule for every tracker: a ticket whose type, or one of whose labels, says incident (or outage, or sev1 to sev9) is
 * an incident; problem, known error, root cause, recurring or live bug make it a problem; change or change request a change.
 * Of several the first of these counts. A label may have a scope before it ('type: incident', 'ops::problem'). All other
 * tickets, plain bugs among them, are work and not for us.
 */
export function ticketKind(names: readonly (string | undefined)[]): TicketKind | null {
  const words = names.filter((name) => name !== undefined).map((name) => name.replace(/^[\w -]{1,40}(?:::?|\/)\s*/, ''))
  return kinds.find(([, pattern]) => words.some((word) => pattern.test(word.trim())))?.[0] ?? null
}

/** What a label with a scope says: 'service: checkout' is 'checkout' of 'service'. */
export function scoped(labels: readonly string[], ...scopes: string[]): string | undefined {
  const pairs = labels.map((label) => /^([\w -]{1,40}?)\s*(?:::?|\/)\s*(.+)$/.exec(label))
  return pairs.find((pair) => pair && scopes.includes(pair[1]?.toLowerCase() ?? ''))?.[2]?.trim()
}
