import type { Fact, Theirs } from '../record/fact.ts'
import { type MatchedField, type Severity, severities } from '../record/schema.ts'

/** What the administrator decided, and who people are: `ours` of a word, or undefined where nobody decided. */
export interface Matches {
  ours(field: MatchedField, theirs: string): string | undefined
}
/** A name as a tool really said it. */
export interface Heard {
  field: MatchedField
  theirs: string
}
export interface Matched {
  facts: Fact[]
  heard: Heard[] // with repeats, in the order said
}

type Told = { service?: string | null; site?: string | null; ownerId?: string | null; severity?: Severity | null }

/**
 * The same facts with a tool's names for services, sites, severities and owners put into ours. What nobody has matched
 * stands as it came, except a severity that is none of ours: that is left unsaid. Every name is reported, matched or not.
 */
export function match(facts: readonly Fact[], matches: Matches): Matched {
  const heard: Heard[] = []
  const ours = (field: MatchedField, theirs: string): string => {
    heard.push({ field, theirs })
    return matches.ours(field, theirs) ?? theirs
  }
  return { facts: facts.map((fact) => matchedFact(fact, ours)), heard }
}

type Ours = (field: MatchedField, theirs: string) => string

function matchedFact(fact: Fact, ours: Ours): Fact {
  switch (fact.kind) {
    case 'incident': {
      const { theirs, ...rest } = fact
      const kept = theirs?.groupKey === undefined ? {} : { theirs: { groupKey: theirs.groupKey } }
      return { ...rest, ...kept, told: { ...fact.told, ...namesIn(fact.told, ours, theirs) } }
    }
    case 'problem':
      return { ...fact, told: { ...fact.told, ...namesIn(fact.told, ours) } }
    case 'action':
      return { ...fact, told: { ...fact.told, ...namesIn(fact.told, ours) } }
    case 'incident-event':
    case 'problem-event':
    case 'exposure-event':
    case 'action-event':
      return { ...fact, ...happeningIn(fact, ours) } as Fact // only its value and service are put into other words
    case 'change': {
      const who = fact.who ? ours('owner', fact.who) : fact.who
      return { ...fact, ...placesIn(fact, ours), who }
    }
    case 'site':
    case 'service-level':
    case 'complaint':
    case 'forecast':
    case 'planned-event':
      return { ...fact, ...placesIn(fact, ours) } as Fact // a name stays a name
    case 'change-event':
    case 'person':
    case 'service':
      return fact
  }
}

function namesIn(told: Told, ours: Ours, theirs: Theirs = {}): Told {
  const word = theirs.severity ?? told.severity ?? undefined
  const severity = word === undefined ? undefined : ours('severity', word)
  return {
    ...placesIn(told, ours),
    ...(told.ownerId ? { ownerId: ours('owner', told.ownerId) } : {}),
    ...(severity !== undefined && isSeverity(severity) ? { severity } : {}),
  }
}

function placesIn({ service, site }: Told, ours: Ours): Pick<Told, 'service' | 'site'> {
  return {
    ...(service ? { service: ours('service', service) } : {}),
    ...(site ? { site: ours('site', site) } : {}),
  }
}

function happeningIn(
  { event, value, ...fact }: { event: string; value?: string; service?: string },
  ours: Ours,
): { value?: string; service?: string } {
  const field = event === 'assigned' || event === 'owner' ? 'owner' : event === 'severity' ? 'severity' : undefined
  return {
    ...(fact.service === undefined ? {} : { service: ours('service', fact.service) }),
    ...(field === undefined || !value ? {} : { value: ours(field, value) }),
  }
}

function isSeverity(word: string): word is Severity {
  return (severities as readonly string[]).includes(word)
}
