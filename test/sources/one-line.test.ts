import { expect, test } from 'vitest'
import { changeFrom, complaintFrom, incidentFrom, type Speaker } from '../../src/sources/one-line.ts'
import { hoursAgo, minutesAgo, morning, zone } from '../support/morning.ts'

const speaker: Speaker = {
  now: morning,
  zone,
  by: '',
  services: ['search', 'checkout', 'Payments API', 'search-index'],
  sites: ['fra', 'ams'],
}
const newcomer: Speaker = { ...speaker, services: [], sites: [] }

test('a change names its service and its site', () => {
  expect(changeFrom('search deploy 4.2 on fra', speaker)).toEqual({
    kind: 'change',
    id: expect.stringMatching(/^hand:2026-11-23T08:00:[0-9a-f]{12}$/),
    at: morning,
    what: 'search deploy 4.2 on fra',
    service: 'search',
    site: 'fra',
    who: null,
    url: null,
    type: 'deploy',
  })
})

test.each([
  ['Search-Index rebuilt', { service: 'search-index', site: null }],
  ['rolled back the payments api', { service: 'Payments API' }],
  ['researching a fracture', { service: null, site: null }],
  ['swapped a switch in AMS', { service: null, site: 'ams' }],
  [
    'Somebody pulled the wrong cable.',
    { what: 'Somebody pulled the wrong cable.', service: null, who: null, type: null },
  ],
  ['search flag new-ranking on by lea', { who: 'lea', type: 'flag', site: null }],
  ['search deploy by Lea Okafor', { who: 'Lea Okafor' }],
  ['checkout config lea@example.com', { who: 'lea@example.com' }],
  ['checkout deploy 7 @omar', { who: 'omar' }],
  ['checkout deploy followed by restart', { who: null }],
  ['deploy https://ci.example.com/7.', { url: 'https://ci.example.com/7', what: 'deploy .' }],
  ['https://ci.example.com/7', { url: 'https://ci.example.com/7', what: 'https://ci.example.com/7' }],
  ['see javascript:alert(1)', { url: null }],
])('the change %j is understood', (line, understood) => {
  expect(changeFrom(line, speaker)).toMatchObject(understood)
})

test.each([
  ['08:40 search deploy 4.2', minutesAgo(20)],
  ['8.40 - search deploy 4.2', minutesAgo(20)],
  ['09:00 search deploy', morning],
  ['22:15 search deploy', new Date('2026-11-22T21:15:00Z')],
  ['yesterday 08:00 search deploy', new Date('2026-11-22T07:00:00Z')],
  ['4.2 search deploy', morning],
  ['27:10 search deploy', morning],
])('%j says when', (line, at) => {
  expect(changeFrom(line, speaker)).toMatchObject({ at })
})

test('the time is not part of what was changed', () => {
  expect(changeFrom('08:40 search deploy 4.2', speaker)).toMatchObject({ what: 'search deploy 4.2' })
})

test('a record that knows no names yet believes the usual shape', () => {
  expect(changeFrom('search deploy 4.2 on fra', newcomer)).toMatchObject({ service: 'search', site: 'fra' })
  expect(changeFrom('search deploy 4.2 on friday', newcomer)).toMatchObject({ service: 'search', site: null })
  expect(changeFrom('the whole thing was moved on monday', newcomer)).toMatchObject({ service: null, site: null })
})

test('who is signed in is who did it, unless the line says otherwise', () => {
  expect(changeFrom('search deploy', { ...speaker, by: 'omar@example.com' })).toMatchObject({ who: 'omar@example.com' })
  expect(changeFrom('search deploy by lea', { ...speaker, by: 'omar@example.com' })).toMatchObject({ who: 'lea' })
})

test('an incident is a line and a severity', () => {
  expect(incidentFrom('checkout times out in ams since 08:40', 'sev2', speaker)).toMatchObject({
    kind: 'incident',
    at: minutesAgo(20),
    told: {
      title: 'checkout times out in ams since 08:40',
      service: 'checkout',
      site: 'ams',
      severity: 'sev2',
      startedAt: minutesAgo(20),
      class: 'manual',
    },
  })
  expect(incidentFrom('SEV1: search is down', null, speaker)).toMatchObject({
    told: { title: 'search is down', severity: 'sev1' },
  })
  expect(incidentFrom('search is down', null, speaker)).toMatchObject({ told: { severity: null } })
})

test.each([
  ['3 customers cannot pay with Payments API', { service: 'Payments API', class: 'customer', count: 3 }],
  ['a colleague says search is slow', { service: 'search', class: 'internal', count: 1 }],
  ['a colleague heard it from a customer', { class: null }],
  ['the cart is empty', { class: null, service: null, count: 1, text: 'the cart is empty' }],
  ['12x cart is empty', { count: 12 }],
  ['2 weeks late', { count: 1 }],
  ['0 customers', { count: 1 }],
])('the complaint %j is understood', (line, understood) => {
  expect(complaintFrom(line, speaker)).toMatchObject({ kind: 'complaint', at: morning, ...understood })
})

test('nothing said is refused with an example', () => {
  const refused = { refused: expect.stringContaining('for example') }

  expect(changeFrom('  \n ', speaker)).toEqual(refused)
  expect(incidentFrom('sev1:', null, speaker)).toEqual(refused)
  expect(complaintFrom('', speaker)).toEqual(refused)
})

test('the same line twice in a minute is one fact, an hour later another', () => {
  const idOf = (at: Date) => {
    const change = changeFrom('restart search', { ...speaker, now: at })
    return 'id' in change && change.id
  }

  expect(idOf(morning)).toBe(idOf(new Date(morning.getTime() + 30_000)))
  expect(idOf(morning)).not.toBe(idOf(hoursAgo(1)))
})

test('a long line is understood among a thousand services', () => {
  const services = Array.from({ length: 1000 }, (_, number) => `service-${number}`)
  const line = `09:12 ${'a long story about nothing much '.repeat(6)} service-999 deploy on fra by lea https://ci.example.com/7`

  expect(changeFrom(line, { ...speaker, services })).toMatchObject({ service: 'service-999', site: 'fra', who: 'lea' })
})
