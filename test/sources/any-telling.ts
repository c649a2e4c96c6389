import fc from 'fast-check'
import { aMinute } from '../../src/calendar.ts'
import { changeEventKinds, type Fact, incidentEventKinds, problemEventKinds } from '../../src/record/fact.ts'
import { decisions, inputClasses, origins, problemStates, severities, siteStates } from '../../src/record/schema.ts'
import { morning } from '../support/morning.ts'

/** On the minutes of a clock that ticks by seven, so that things happen at once. */
const instant = fc.integer({ min: 0, max: 40 }).map((step) => new Date(morning.getTime() - step * 7 * aMinute))
const text = fc.string({
  unit: fc.constantFrom('a', 'B', '=', '+', "'", '"', ',', '\n', ' ', 'é', '-', '@'),
  minLength: 1,
  maxLength: 8,
})
const word = fc.constantFrom('search', 'payments', 'ann@example.org', '=1+1', 'a, "b"')
const id = fc.nat(60).map(String) // few enough that each has a history
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const severity = orNull(fc.constantFrom(...severities))
const some: { requiredKeys: [] } = { requiredKeys: [] }

const incidentTold = fc.record(
  {
    ...{ title: text, service: orNull(word), severity, startedAt: instant, detectedAt: orNull(instant) },
    ...{
      acknowledgedAt: orNull(instant),
      mitigatedAt: orNull(instant),
      resolvedAt: orNull(instant),
      ownerId: orNull(word),
    },
    ...{
      team: orNull(word),
      site: orNull(word),
      customerMinutes: orNull(fc.nat(900)),
      problemId: orNull(id),
      changeId: orNull(id),
    },
    ...{
      url: orNull(fc.constantFrom('https://example.org/x', 'javascript:alert(1)')),
      class: orNull(fc.constantFrom(...inputClasses)),
    },
  },
  some,
)
const incidentEvent = fc
  .record({
    event: fc.constantFrom(...incidentEventKinds),
    severity,
    word,
    decision: fc.constantFrom(...decisions),
    at: instant,
  })
  .map(({ event, severity, word, decision, at }) => ({
    event,
    value: wordFor(event, { severity, word, decision, at }),
  }))

const named = new Set(['assigned', 'note', 'linked-problem', 'merged-into', 'split-from', 'group-key'])

function wordFor(
  event: string,
  { severity, word, decision, at }: { severity: string | null; word: string; decision: string; at: Date },
) {
  const values: Record<string, string> = {
    severity: severity ?? 'sev3',
    postmortem: decision,
    'postmortem-scheduled': at.toISOString(),
    'clock-skew': '5000',
  }
  return values[event] ?? (named.has(event) ? word : '')
}

// A problem is fixed and closed after it was opened: a row that tells otherwise is refused at the door.
const openedAt = fc.constant(new Date(morning.getTime() - 300 * aMinute))
const problemTold = fc.record(
  {
    ...{ title: text, service: orNull(word), severity, openedAt, state: fc.constantFrom(...problemStates) },
    ...{ fixedAt: orNull(instant), closedAt: orNull(instant), ownerId: orNull(word), architectural: fc.boolean() },
  },
  some,
)
const problemEvent = fc
  .record({ event: fc.constantFrom(...problemEventKinds), word, state: fc.constantFrom(...problemStates) })
  .map(({ event, word, state }) => ({
    event,
    value: event === 'state' ? state : ['assigned', 'note'].includes(event) ? word : '',
  }))

const fact: fc.Arbitrary<Fact> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(id, instant, incidentTold).map(([id, at, told]): Fact => ({ kind: 'incident', id, at, told })),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(id, instant, incidentEvent, word)
      .map(([incidentId, at, event, by]): Fact => ({ kind: 'incident-event', incidentId, at, ...event, by, why: by })),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(id, instant, problemTold).map(([id, at, told]): Fact => ({ kind: 'problem', id, at, told })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(id, instant, problemEvent)
      .map(([problemId, at, event]): Fact => ({ kind: 'problem-event', problemId, at, ...event })),
  },
  fc.tuple(id, instant, word, orNull(instant), text).map(
    ([id, at, ownerId, dueAt, title]): Fact => ({
      kind: 'action',
      id,
      at,
      told: { title, ownerId, dueAt, originKind: 'incident', originId: id },
    }),
  ),
  fc
    .tuple(
      id,
      instant,
      fc.constantFrom('opened' as const, 'acknowledged' as const, 'done' as const, 'dropped' as const),
    )
    .map(([actionId, at, event]): Fact => ({ kind: 'action-event', actionId, at, event })),
  fc.tuple(word, id, instant, fc.constantFrom(...siteStates), orNull(fc.nat(100))).map(
    ([service, site, at, state, capacityPercent]): Fact => ({
      kind: 'site',
      service,
      site,
      at,
      state,
      capacityPercent,
      by: 'ann',
    }),
  ),
  fc.tuple(id, instant, text, orNull(word), orNull(word)).map(
    ([id, at, what, service, who]): Fact => ({
      kind: 'change',
      id,
      at,
      what,
      service,
      site: who,
      who,
      url: null,
      type: who,
    }),
  ),
  fc.tuple(id, instant, fc.constantFrom(...changeEventKinds)).map(
    ([changeId, at, event]): Fact => ({
      kind: 'change-event',
      changeId,
      at,
      event,
      value: event === 'confirmed-cause' ? '1' : '',
    }),
  ),
  fc.tuple(word, fc.nat(900), fc.nat(100)).map(
    ([service, good, unknown]): Fact => ({
      kind: 'service-level',
      service,
      indicator: 'up',
      day: '2026-11-20',
      zone: 'Asia/Tokyo',
      good,
      total: 1_000,
      unknown,
    }),
  ),
  fc.tuple(id, instant, text, orNull(word)).map(
    ([id, at, text, service]): Fact => ({
      kind: 'complaint',
      id,
      at,
      text,
      service,
      class: 'customer',
      incidentId: null,
      count: 2,
      by: 'bob',
    }),
  ),
  fc.tuple(id, instant, text).map(
    ([id, madeAt, what]): Fact => ({
      kind: 'forecast',
      id,
      madeAt,
      service: 's',
      what,
      dueAt: morning,
      confidence: '70 %',
    }),
  ),
  fc.tuple(id, instant, text).map(
    ([id, from, title]): Fact => ({
      kind: 'planned-event',
      id,
      title,
      from,
      to: morning,
      service: null,
      peakPercent: 140,
      valuePerMinute: 2.5,
      currency: 'EUR',
    }),
  ),
  fc.tuple(text, orNull(instant)).map(
    ([name, closedAt]): Fact => ({
      kind: 'person',
      name,
      email: 'Ann@example.org',
      role: 'lead',
      function: 'support',
      zone: null,
      deputy: null,
      closedAt,
    }),
  ),
  fc.tuple(word, orNull(fc.nat(100))).map(
    ([id, objective]): Fact => ({
      kind: 'service',
      id,
      tier: 'critical',
      objective,
      sitesRequired: 3,
      team: 't',
      needs: [
        { needs: 'card pay', group: 'a:b' },
        { needs: '100%', group: '' },
      ],
    }),
  ),
)
/** What somebody told at once: a tool, an import or the room. */
export const telling = fc.record({
  facts: fc.array(fact, { minLength: 100, maxLength: 300 }),
  origin: fc.constantFrom(...origins),
})
