import { describe, expect, test } from 'vitest'
import { checkCells } from '../../src/sources/cells.ts'
import { inWords } from '../../src/sources/kinds/faults.ts'
import { checkRow, factsFrom, jsonSchemaOf, type KindName, kindNames, kinds } from '../../src/sources/kinds.ts'

const home = 'Europe/Berlin'

function faultsOf(name: KindName, cells: Record<string, string>, zone?: string): string[] {
  const checked = checkCells(name, cells, { home, ...(zone ? { zone } : {}) })
  return 'faults' in checked ? checked.faults.map(inWords) : []
}

function rowOf(name: KindName, cells: Record<string, string>, zone?: string) {
  const checked = checkCells(name, cells, { home, ...(zone ? { zone } : {}) })
  return 'row' in checked ? checked.row : checked.faults.map(inWords)
}

const incident = { id: 'INC1', title: 'Search is slow', startedAt: '2016-03-07T09:00:00+01:00' }

describe('every kind of the contract', () => {
  const contract: Record<string, [string[], string[]]> = {
    incidents: [
      ['id', 'title', 'startedAt'],
      [
        'service',
        'severity',
        'detectedAt',
        'acknowledgedAt',
        'mitigatedAt',
        'resolvedAt',
        'owner',
        'team',
        'site',
      ].concat([...['customerMinutes', 'problem', 'change', 'url', 'class']]),
    ],
    'incident-events': [
      ['incident', 'at', 'kind'],
      ['value', 'by'],
    ],
    'incident-snapshots': [
      ['incident', 'at'],
      ['title', 'startedAt', 'service', 'severity', 'resolvedAt', 'owner', 'problem'],
    ],
    problems: [
      ['id', 'title', 'openedAt'],
      ['service', 'owner', 'state', 'fixedAt', 'closedAt', 'severity', 'architectural'],
    ],
    'problem-events': [
      ['problem', 'at', 'kind'],
      ['value', 'by'],
    ],
    changes: [
      ['id', 'at', 'what'],
      ['service', 'who', 'url', 'kind'],
    ],
    'service-levels': [
      ['service', 'indicator', 'day', 'good', 'total'],
      ['unknown', 'zone'],
    ],
    complaints: [
      ['id', 'at', 'text'],
      ['service', 'class', 'incident', 'count'],
    ],
    forecasts: [['id', 'madeAt', 'service', 'what', 'dueAt'], ['confidence']],
    sites: [['service', 'site', 'at', 'state'], ['capacityPercent']],
    events: [
      ['id', 'title', 'from', 'to'],
      ['service', 'peakPercent', 'valuePerMinute', 'currency'],
    ],
    people: [
      ['name', 'email'],
      ['role', 'function', 'zone', 'deputy'],
    ],
  }

  test.each(Object.entries(contract))('%s has its columns', (name, [required, others]) => {
    const columns = kinds[name as KindName].columns
    const needed = columns.filter((column) => column.required).map((column) => column.name)

    expect(needed).toEqual(required)
    expect(columns.map((column) => column.name)).toEqual(expect.arrayContaining(others))
  })

  test.each(kindNames)('%s is described by the schema that validates it', (name) => {
    const described = jsonSchemaOf(name) as { properties: object; required: string[]; additionalProperties: boolean }

    expect(Object.keys(described.properties)).toEqual(kinds[name].columns.map((column) => column.name))
    expect(described.additionalProperties).toBe(false)
    expect(described.required).toEqual(kinds[name].columns.filter(({ required }) => required).map(({ name }) => name))
  })
})

describe('a fault names the column, what is wrong and the mend', () => {
  test.each<[KindName, Record<string, string>, string]>([
    [
      'incidents',
      { ...incident, startedAt: '13/40/2016' },
      'startedAt: "13/40/2016" is not an instant; write 2016-03-07T09:00:00+01:00 or give --zone',
    ],
    [
      'incidents',
      { ...incident, startedAt: '2016-03-07 09:00' },
      'startedAt: "2016-03-07 09:00" has no offset and no zone was given; write 2016-03-07T09:00:00+01:00 or give --zone',
    ],
    [
      'incidents',
      { ...incident, startedAt: '2916-03-07T09:00:00Z' },
      'startedAt: "2916-03-07T09:00:00Z" lies after 2200; write 2016-03-07T09:00:00+01:00 or give --zone',
    ],
    [
      'incidents',
      { ...incident, severity: 'urgent' },
      'severity: "urgent" is not known here; write one of sev1, sev2, sev3, sev4',
    ],
    [
      'incidents',
      { ...incident, resolvedAt: '2016-03-07T08:00:00+01:00' },
      'resolvedAt: 2016-03-07T07:00:00.000Z lies before startedAt 2016-03-07T08:00:00.000Z; let resolvedAt be startedAt or later, or leave it empty',
    ],
    ['incidents', { ...incident, title: '  ' }, 'title: is missing; write it: every row needs it'],
    [
      'incidents',
      { ...incident, url: 'javascript:alert(1)' },
      'url: "javascript:alert(1)" is not a link; write https://example.org/...',
    ],
    [
      'incidents',
      { ...incident, customerMinutes: '1,5' },
      'customerMinutes: "1,5" is not a number; write digits with a decimal point, as in 1250.5',
    ],
    ['incidents', { ...incident, customerMinutes: '-3' }, 'customerMinutes: "-3" is out of range; at least 0'],
    ['incidents', { ...incident, title: 'a\u0007b' }, 'title: "a\\u0007b" holds control characters; take them out'],
    [
      'service-levels',
      { service: 's', indicator: 'i', day: '2016-02-30', good: '1', total: '1' },
      'day: "2016-02-30" is not a day; write 2016-03-07',
    ],
    [
      'service-levels',
      { service: 's', indicator: 'i', day: '2016-02-29', good: '2', total: '1' },
      'good: 2 exceeds total 1; let good be total or less',
    ],
    [
      'complaints',
      { id: 'c', at: '2016-03-07T09:00:00Z', text: 'slow', count: '1.5' },
      'count: "1.5" is not a whole number; write a whole number',
    ],
    ['people', { name: 'Ann', email: 'ann' }, 'email: "ann" is not an e-mail address; write ann@example.org'],
    [
      'people',
      { name: 'Ann', email: 'a@b.c', zone: 'Berlin' },
      'zone: "Berlin" is not a time zone; write Europe/Berlin',
    ],
    [
      'incident-events',
      { incident: 'INC1', at: '2016-03-07T09:00:00Z', kind: 'severity', value: 'high' },
      'value: "high" is no value of severity; write one of sev1, sev2, sev3, sev4',
    ],
    [
      'incident-events',
      { incident: 'INC1', at: '2016-03-07T09:00:00Z', kind: 'note' },
      'value: is empty, and note needs one; write it',
    ],
    [
      'actions',
      { id: 'a', title: 't', openedAt: '2016-03-07T09:00:00Z', state: 'done' },
      'endedAt: is missing, yet state is done; write when it ended',
    ],
    [
      'problems',
      { id: 'p', title: 't', openedAt: '2016-03-07T09:00:00Z', architectural: 'maybe' },
      'architectural: "maybe" is not a truth; write true or false',
    ],
  ])('%s %j', (name, cells, fault) => {
    expect(faultsOf(name, cells)).toEqual([fault])
  })

  test('all of them at once, each column once', () => {
    expect(
      faultsOf('incidents', { id: '', startedAt: 'soon', severity: '9' }).map((fault) => fault.split(':')[0]),
    ).toEqual([...['startedAt', 'id', 'title', 'severity']])
  })

  test('the API is told of a field it does not know', () => {
    const checked = checkRow('incidents', { ...incident, colour: 'red' })

    expect('faults' in checked && checked.faults).toEqual([
      { column: 'colour', fault: 'is not known here', mend: expect.stringContaining('the columns are id, title') },
    ])
  })

  test('what is no object is told so', () => {
    const checked = checkRow('incidents', [])

    expect('faults' in checked && checked.faults.map(inWords)).toEqual([
      'row: "[]" is not an object of columns; write an object of columns',
    ])
  })
})

describe('form is forgiven, meaning is not', () => {
  test('severities and states in whatever case', () => {
    expect(rowOf('incidents', { ...incident, severity: ' SEV-1 ' })).toMatchObject({ severity: 'sev1' })
    expect(
      rowOf('problems', { id: 'p', title: 't', openedAt: '2016-03-07T09:00:00Z', state: 'Known error' }),
    ).toMatchObject({
      state: 'known-error',
    })
  })

  test('local times with --zone, on both sides of a clock change', () => {
    expect(rowOf('incidents', { ...incident, startedAt: '2016-03-26 09:00' }, home)).toMatchObject({
      startedAt: new Date('2016-03-26T08:00:00Z'),
    })
    expect(rowOf('incidents', { ...incident, startedAt: '2016-03-27T09:00' }, home)).toMatchObject({
      startedAt: new Date('2016-03-27T07:00:00Z'),
    })
  })

  test('percents with their sign', () => {
    const site = { service: 's', site: 'fra', at: '2016-03-07T09:00:00Z', state: 'serving', capacityPercent: '60 %' }
    expect(rowOf('sites', site)).toMatchObject({ capacityPercent: 60 })
  })

  test('an empty cell says nothing', () => {
    expect(rowOf('incidents', { ...incident, owner: '', severity: ' ' })).toEqual({
      ...incident,
      startedAt: new Date(incident.startedAt),
    })
  })
})

test('an incident becomes one fact that tells all its columns', () => {
  expect(factsFrom('incidents', { ...incident, owner: 'ann', problem: 'P1', change: 'C1', severity: 'sev2' })).toEqual([
    {
      kind: 'incident',
      id: 'INC1',
      at: new Date(incident.startedAt),
      told: {
        title: 'Search is slow',
        startedAt: new Date(incident.startedAt),
        severity: 'sev2',
        ownerId: 'ann',
        problemId: 'P1',
        changeId: 'C1',
      },
    },
  ])
})

test('a service level counts the days of its own zone, or of ours', () => {
  const row = { service: 's', indicator: 'i', day: '2016-03-07', good: 1, total: 1 }

  expect(factsFrom('service-levels', row, { zone: home })).toMatchObject([{ zone: home, unknown: 0 }])
  expect(factsFrom('service-levels', { ...row, zone: 'Asia/Tokyo' }, { zone: home })).toMatchObject([
    { zone: 'Asia/Tokyo' },
  ])
})

test('the needs of a service are names with their groups', () => {
  expect(factsFrom('services', { service: 'shop', needs: 'search pay:pair card%20pay:pair db' })).toMatchObject([
    {
      needs: [
        { needs: 'search', group: '' },
        { needs: 'pay', group: 'pair' },
        { needs: 'card pay', group: 'pair' },
        { needs: 'db', group: '' },
      ],
    },
  ])
  expect(factsFrom('services', { service: 'shop', objectives: 'availability=99.95 card%20ok=99' })).toMatchObject([
    { objectives: { availability: 99.95, 'card ok': 99 } },
  ])
  expect(() => factsFrom('services', { service: 'shop', objectives: 'latency=101' })).toThrow('is not an objective')
  expect(() => factsFrom('services', { service: 'shop', needs: 'a:b:c' })).toThrow('"a:b:c" is not a need')
})

test('an action that was dropped says when', () => {
  const row = {
    id: 'a',
    title: 't',
    openedAt: '2016-03-07T09:00:00Z',
    state: 'dropped',
    endedAt: '2016-03-08T09:00:00Z',
  }

  expect(factsFrom('actions', row).map((fact) => ('event' in fact ? fact.event : fact.kind))).toEqual([
    'action',
    'opened',
    'dropped',
  ])
})
