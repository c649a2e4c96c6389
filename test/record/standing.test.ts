import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findAction } from '../../src/record/actions.ts'
import { changesBefore } from '../../src/record/changes.ts'
import { exposuresBlocking, findExposure } from '../../src/record/exposures.ts'
import type { Fact } from '../../src/record/fact.ts'
import { type IncidentEvent, standingOf, symptomOf } from '../../src/record/incident-state.ts'
import { findProblem } from '../../src/record/problems.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import type { SiteState } from '../../src/record/schema.ts'
import { episodesOf, type SiteEvent } from '../../src/record/sites.ts'
import { anEmptyRecord, anIncidentFact, instant, told } from './support.ts'

const room = (at: string) => told(at, { origin: 'room', source: 'room', class: null })

test('closing every incident leaves the problem open', async () => {
  const db = await anEmptyRecord()
  await recordFacts(
    db,
    [
      {
        kind: 'problem',
        id: 'P1',
        at: instant('2026-11-10T08:00:00Z'),
        told: { title: 'Pool runs dry', openedAt: instant('2026-11-10T08:00:00Z') },
      },
      ...[1, 2, 3, 4].map((n) =>
        anIncidentFact(`i${n}`, `2026-11-1${n}T10:00:00Z`, {
          problemId: 'P1',
          resolvedAt: instant(`2026-11-1${n}T11:00:00Z`),
        }),
      ),
    ],
    told('2026-11-15T00:00:00Z'),
  )

  expect(await findProblem(db, 'P1')).toMatchObject({
    state: 'open',
    incidentCount: 4,
    lastIncidentAt: instant('2026-11-14T10:00:00Z'),
  })
  expect(await findProblem(db, 'P1', instant('2026-11-12T12:00:00Z'))).toMatchObject({ incidentCount: 2 })
})

test('a problem that recurs after its fix is open again', async () => {
  const db = await anEmptyRecord()
  await recordFacts(
    db,
    [
      {
        kind: 'problem',
        id: 'P1',
        at: instant('2026-11-10T08:00:00Z'),
        told: { title: 'Leak', openedAt: instant('2026-11-10T08:00:00Z') },
      },
      { kind: 'problem-event', problemId: 'P1', at: instant('2026-11-11T08:00:00Z'), event: 'fix-deployed' },
      { kind: 'problem-event', problemId: 'P1', at: instant('2026-11-13T08:00:00Z'), event: 'recurred' },
    ],
    told('2026-11-13T09:00:00Z'),
  )

  expect(await findProblem(db, 'P1', instant('2026-11-12T00:00:00Z'))).toMatchObject({
    state: 'fix-deployed',
    fixedAt: instant('2026-11-11T08:00:00Z'),
  })
  expect(await findProblem(db, 'P1')).toMatchObject({ state: 'open' })
})

test('a new owner has not acknowledged yet', async () => {
  const db = await anEmptyRecord()
  const say = (event: 'owner' | 'acknowledged' | 'done', at: string, value = ''): Fact => ({
    kind: 'action-event',
    actionId: 'A1',
    at: instant(at),
    event,
    value,
  })
  await recordFacts(
    db,
    [
      {
        kind: 'action',
        id: 'A1',
        at: instant('2026-11-10T09:00:00Z'),
        told: { title: 'Drill the failover', ownerId: 'ana@example.test', dueAt: instant('2026-11-20T17:00:00Z') },
      },
    ],
    room('2026-11-10T09:00:00Z'),
  )
  await recordFacts(db, [say('acknowledged', '2026-11-10T09:05:00Z')], room('2026-11-10T09:05:00Z'))
  await recordFacts(db, [say('owner', '2026-11-11T09:00:00Z', 'ben@example.test')], room('2026-11-11T09:00:00Z'))

  expect(await findAction(db, 'A1')).toMatchObject({ ownerId: 'ben@example.test', acknowledgedAt: null, state: 'open' })
  expect(await findAction(db, 'A1', instant('2026-11-10T12:00:00Z'))).toMatchObject({
    ownerId: 'ana@example.test',
    acknowledgedAt: instant('2026-11-10T09:05:00Z'),
  })
})

test('an incident is held by the exposure it began, not by one that came long before it', async () => {
  const db = await anEmptyRecord()
  const site = (name: string, at: string, state: SiteState): Fact => ({
    kind: 'site',
    service: 'search',
    site: name,
    at: instant(at),
    state,
    capacityPercent: null,
  })
  await recordFacts(
    db,
    [
      site('ams', '2026-11-10T00:00:00Z', 'serving'),
      site('fra', '2026-11-10T00:00:00Z', 'serving'),
      site('ams', '2026-11-14T01:10:00Z', 'unable'),
      anIncidentFact('fire', '2026-11-14T01:00:00Z'),
      anIncidentFact('certificate', '2026-11-15T01:00:00Z'),
    ],
    told('2026-11-15T02:00:00Z'),
  )

  const at = instant('2026-11-15T03:00:00Z')
  expect((await exposuresBlocking(db, 'fire', at)).map(({ id }) => id)).toEqual(['search@2026-11-14T01:10:00.000Z'])
  expect(await exposuresBlocking(db, 'certificate', at)).toEqual([])
})

test('what was said of an exposure stays when its start turns out earlier', async () => {
  const db = await anEmptyRecord()
  const site = (name: string, at: string, state: SiteState): Fact => ({
    kind: 'site',
    service: 'search',
    site: name,
    at: instant(at),
    state,
    capacityPercent: null,
  })
  await recordFacts(
    db,
    [
      site('ams', '2026-11-10T00:00:00Z', 'serving'),
      site('fra', '2026-11-10T00:00:00Z', 'serving'),
      site('ams', '2026-11-14T01:10:00Z', 'unable'),
    ],
    told('2026-11-14T01:10:00Z'),
  )
  await recordFacts(
    db,
    [
      {
        kind: 'exposure-event',
        service: 'search',
        at: instant('2026-11-14T02:00:00Z'),
        event: 'plan',
        value: 'Rebuild ams',
      },
    ],
    room('2026-11-14T02:00:00Z'),
  )
  await recordFacts(db, [site('ams', '2026-11-14T00:50:00Z', 'unable')], told('2026-11-14T03:00:00Z'))

  const found = await findExposure(db, 'search@2026-11-14T01:10:00.000Z', instant('2026-11-14T04:00:00Z'))
  expect(found).toMatchObject({ since: instant('2026-11-14T00:50:00Z'), plan: 'Rebuild ams' })
})

test('changes before an incident are of its service and of what that needs, newest first, never after it', async () => {
  const db = await anEmptyRecord()
  const change = (id: string, at: string, service: string): Fact => ({
    kind: 'change',
    id,
    at: instant(at),
    what: `deploy ${id}`,
    service,
    site: null,
    who: null,
    url: null,
    type: null,
  })
  const service = (id: string, ...names: string[]): Fact => ({
    kind: 'service',
    id,
    tier: null,
    objective: null,
    sitesRequired: null,
    team: null,
    needs: names.map((needs) => ({ needs, group: '' })),
  })
  await recordFacts(
    db,
    [
      service('checkout', 'payments'),
      service('payments', 'ledger'),
      change('own', '2026-11-14T01:00:00Z', 'checkout'),
      change('deep', '2026-11-14T02:00:00Z', 'ledger'),
      change('other', '2026-11-14T02:30:00Z', 'search'),
      change('after', '2026-11-14T05:00:00Z', 'checkout'),
    ],
    told('2026-11-14T06:00:00Z'),
  )

  const found = await changesBefore(db, { service: 'checkout', at: instant('2026-11-14T03:00:00Z') })
  expect(found.map(({ id }) => id)).toEqual(['deep', 'own'])
})

test('an alert that names only the site still serving outweighs sites said to be able, and is forgotten when it ends', () => {
  const word = (site: string, minute: number, state: SiteState): SiteEvent => ({
    service: 's',
    site,
    state,
    at: new Date(minute * 60_000),
    capacityPercent: null,
    recordedAt: new Date(0),
    by: '',
    source: '',
  })
  const alert = [
    word('fra', 0, 'serving'),
    word('ams', 0, 'able'),
    word('other sites', 5, 'unable'),
    word('other sites', 9, 'able'),
  ]
  expect(episodesOf(alert)).toMatchObject([{ since: new Date(5 * 60_000), until: new Date(9 * 60_000) }])
  expect(episodesOf([...alert, word('ams', 20, 'unable')]).at(-1)).toMatchObject({
    since: new Date(20 * 60_000),
    until: null,
  })
})

test('two titles that differ in numbers only are one symptom', () => {
  expect(symptomOf('Checkout p95 812 ms over 400')).toBe(symptomOf('checkout p95 1,204 ms over 400'))
  expect(symptomOf('pod search-7f9c4d5b is down')).toBe(symptomOf('pod search-11aa22bb is down'))
  expect(symptomOf('disk full')).not.toBe(symptomOf('disk slow'))
})

const anEvent = fc.record({
  minute: fc.integer({ min: 0, max: 30 }),
  kind: fc.constantFrom(
    'acknowledged',
    'mitigated',
    'resolved',
    'reopened',
    'assigned',
    'severity',
    'linked-problem',
    'closed',
  ),
  value: fc.constantFrom('', 'Ana', 'Ben', 'sev1', 'P1'),
})

test('a standing is a matter of the set of events, not of their order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anEvent, { selector: (event) => JSON.stringify(event), maxLength: 12 }),
      fc.integer({ min: 0, max: 40 }),
      fc.nat(),
      (said, minute, seed) => {
        const events = said.map((event) => asEvent(event.minute, event.kind, event.value))
        const shuffled = events.toSorted((a, b) => hash(a, seed) - hash(b, seed))
        const at = new Date(minute * 60_000)
        expect(standingOf('i', shuffled, at)).toEqual(standingOf('i', events, at))
      },
    ),
    { numRuns: 500 },
  )
})

test('episodes neither touch nor overlap, and any order of the sites’ words gives the same', () => {
  const aWord = fc.record({
    minute: fc.integer({ min: 0, max: 60 }),
    site: fc.constantFrom('fra', 'ams', 'dub'),
    state: fc.constantFrom<SiteState>('serving', 'able', 'unable', 'draining', 'unknown'),
  })
  fc.assert(
    fc.property(fc.array(aWord, { maxLength: 25 }), fc.nat(), (words, seed) => {
      const events = words.map(
        ({ minute, site, state }): SiteEvent => ({
          service: 's',
          site,
          state,
          at: new Date(minute * 60_000),
          capacityPercent: null,
          recordedAt: new Date(0),
          by: '',
          source: '',
        }),
      )
      const episodes = episodesOf(events)
      expect(episodesOf(events.toSorted((a, b) => hash(a, seed) - hash(b, seed)))).toEqual(episodes)
      for (const [place, episode] of episodes.entries()) {
        const next = episodes[place + 1]
        if (next) expect(episode.until !== null && episode.until < next.since).toBe(true)
        if (episode.until) expect(episode.since < episode.until).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

function asEvent(minute: number, kind: string, value: string): IncidentEvent {
  return {
    incidentId: 'i',
    at: new Date(minute * 60_000),
    recordedAt: new Date(0),
    kind,
    value,
    by: '',
    why: '',
    origin: 'tool',
    source: '',
    rank: 0,
  }
}

function hash(value: object, seed: number): number {
  return [...JSON.stringify(value)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) + seed) % 1_000_003, seed)
}
