import { expect, test } from 'vitest'
import { exposuresSince } from '../../src/record/exposures.ts'
import type { Fact } from '../../src/record/fact.ts'
import { findIncident } from '../../src/record/incidents.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { decideWords, listWords } from '../../src/record/source-words.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { type Matches, match } from '../../src/sources/matching.ts'
import { hoursAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aPage, pagerRules } from './mapping/a-pager.ts'
import { mapped, post } from './mapping/a-source.ts'

const known: Record<string, string> = {
  'service Web Shop': 'checkout',
  'site eu-west-1a': 'ams',
  'severity Disaster': 'sev1',
  'owner L. Okafor': 'lea@example.com',
}
const matches: Matches = { ours: (field, theirs) => known[`${field} ${theirs}`] }
const at = hoursAgo(2)

test.each<[Fact, object]>([
  [
    {
      kind: 'incident',
      id: 'i',
      at,
      told: { service: 'Web Shop', site: 'eu-west-1a', ownerId: 'L. Okafor' },
      theirs: { severity: 'Disaster' },
    },
    { told: { service: 'checkout', site: 'ams', ownerId: 'lea@example.com', severity: 'sev1' } },
  ],
  [
    { kind: 'incident-event', incidentId: 'i', at, event: 'assigned', value: 'L. Okafor' },
    { value: 'lea@example.com' },
  ],
  [{ kind: 'incident-event', incidentId: 'i', at, event: 'note', value: 'L. Okafor' }, { value: 'L. Okafor' }],
  [
    { kind: 'site', service: 'Web Shop', site: 'eu-west-1a', at, state: 'unable', capacityPercent: null },
    { service: 'checkout', site: 'ams' },
  ],
  [
    { kind: 'exposure-event', service: 'Web Shop', at, event: 'owner', value: 'L. Okafor' },
    { service: 'checkout', value: 'lea@example.com' },
  ],
  [
    {
      kind: 'change',
      id: 'c',
      at,
      what: 'deploy',
      service: 'Web Shop',
      site: null,
      who: 'L. Okafor',
      url: null,
      type: null,
    },
    { service: 'checkout', site: null, who: 'lea@example.com' },
  ],
  [
    {
      kind: 'service-level',
      service: 'Web Shop',
      indicator: 'x',
      day: '2026-11-22',
      zone: 'UTC',
      good: 1,
      total: 1,
      unknown: 0,
    },
    { service: 'checkout' },
  ],
])('its names are put into ours: %j', (fact, ours) => {
  expect(match([fact], matches).facts).toMatchObject([ours])
})

test('a name nobody has matched stands as it came; a severity that is none of ours is not told, and both are heard', () => {
  const fact: Fact = {
    kind: 'incident',
    id: 'i',
    at,
    told: { service: 'Billing' },
    theirs: { severity: 'Sort of bad' },
  }

  expect(match([fact], matches)).toEqual({
    facts: [{ kind: 'incident', id: 'i', at, told: { service: 'Billing' } }],
    heard: [
      { field: 'severity', theirs: 'Sort of bad' },
      { field: 'service', theirs: 'Billing' },
    ],
  })
})

test('what a tool calls things is listed as it was really said, and how often', async () => {
  const { db } = await openTestRecord()
  await mapped(db, 'pager', pagerRules, [aPage(), aPage({ number: 18, who: 'Lea Okafor', prio: 'Disaster-ish' })])

  expect((await listWords(db, 'pager')).map(({ field, theirs, ours, seen }) => [field, theirs, ours, seen])).toEqual([
    ['owner', 'Lea Okafor', null, 1],
    ['service', 'Web Shop', null, 2],
    ['severity', 'Disaster-ish', null, 1],
    ['severity', 'P1', null, 1],
  ])
})

test('a decided name counts for what was read before it and what comes after', async () => {
  const { db } = await openTestRecord()
  await mapped(db, 'pager', pagerRules, [aPage()])
  const decisions = [
    { field: 'service' as const, theirs: 'Web Shop', ours: 'checkout' },
    { field: 'severity' as const, theirs: 'P1', ours: 'sev2' },
  ]

  await decideWords(db, 'pager', { decisions, by: 'lea@example.com', at: morning })
  await post(db, 'pager', aPage({ number: 18 }), morning)
  await ingestWaiting(db, morning)

  expect(await findIncident(db, 'pager:17')).toMatchObject({ service: 'checkout', severity: 'sev2' })
  expect(await findIncident(db, 'pager:18')).toMatchObject({ service: 'checkout', severity: 'sev2' })
})

test('a decision that is taken back leaves the name as it came', async () => {
  const { db } = await openTestRecord()
  await mapped(db, 'pager', pagerRules, [aPage()])
  const decide = async (ours: string | null, minutes: number) => {
    const decided = new Date(morning.getTime() + minutes * 60_000)
    await decideWords(db, 'pager', { decisions: [{ field: 'service', theirs: 'Web Shop', ours }], by: '', at: decided })
    await ingestWaiting(db, decided)
    return (await findIncident(db, 'pager:17'))?.service
  }

  expect(await decide('checkout', 0)).toBe('checkout')
  expect(await decide('search', 1)).toBe('search')
  expect(await decide(null, 2)).toBe('Web Shop')
  expect(await decide('checkout', 3)).toBe('checkout')
})

test('what the room decided stays decided when a source is read again', async () => {
  const { db } = await openTestRecord()
  await mapped(db, 'pager', pagerRules, [aPage()])
  await recordFacts(
    db,
    [{ kind: 'incident-event', incidentId: 'pager:17', at: hoursAgo(0.5), event: 'severity', value: 'sev4' }],
    {
      recordedAt: hoursAgo(0.5),
      source: '',
      origin: 'room',
      class: null,
    },
  )

  await decideWords(db, 'pager', {
    decisions: [{ field: 'severity', theirs: 'P1', ours: 'sev2' }],
    by: '',
    at: morning,
  })
  await ingestWaiting(db, morning)

  expect((await findIncident(db, 'pager:17'))?.severity).toBe('sev4')
})

test('an owner is known by the e-mail or the full name of one person, without any decision', async () => {
  const { db } = await openTestRecord()
  const lea = {
    kind: 'person',
    name: 'Lea Okafor',
    email: 'lea@example.com',
    role: null,
    function: null,
    zone: null,
    deputy: null,
  } as const
  const twins = ['a@example.com', 'b@example.com'].map((email) => ({ ...lea, name: 'Sam Twin', email }))
  await recordFacts(db, [lea, ...twins], { recordedAt: hoursAgo(9), source: 'import', origin: 'import', class: null })

  await mapped(db, 'pager', pagerRules, [aPage({ who: 'lea okafor' }), aPage({ number: 18, who: 'Sam Twin' })])

  expect((await findIncident(db, 'pager:17'))?.ownerId).toBe('lea@example.com')
  expect((await findIncident(db, 'pager:18'))?.ownerId).toBe('Sam Twin')
})

test('a service under its right name keeps no exposure under the wrong one', async () => {
  const { db } = await openTestRecord()
  const rule = {
    kind: 'sites' as const,
    when: '',
    each: '@',
    columns: { service: 'app', site: 'dc', at: 'since', state: 'is' },
  }
  const since = hoursAgo(5).toISOString()
  await mapped(
    db,
    'lb',
    [rule],
    [
      [
        { app: 'web-shop', dc: 'fra', since, is: 'serving' },
        { app: 'web-shop', dc: 'ams', since, is: 'unable' },
      ],
    ],
  )
  const open = async () => (await exposuresSince(db, hoursAgo(1), morning)).map(({ service }) => service)
  expect(await open()).toEqual(['web-shop'])

  await decideWords(db, 'lb', {
    decisions: [{ field: 'service', theirs: 'web-shop', ours: 'checkout' }],
    by: '',
    at: morning,
  })
  await ingestWaiting(db, morning)

  expect(await open()).toEqual(['checkout'])
})
