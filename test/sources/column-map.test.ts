import { describe, expect, test } from 'vitest'
import { readMap } from '../../src/sources/column-map.ts'
import { MapError } from '../../src/sources/maps/map-file.ts'

const theirs = ['number', 'opened_at', 'category', 'subcategory', 'priority', 'state', 'resolved_at', 'cmdb_ci']
const needed = { id: 'number', title: '{category} / {subcategory}', startedAt: 'opened_at' }

function translated(map: object, row: Record<string, string>, zone: string | undefined = 'Europe/Berlin') {
  const { cells, faults } = readMap(JSON.stringify(map), 'incidents', theirs).translate(row, zone)
  return faults.length > 0 ? faults : cells
}

function mapFaults(map: unknown): readonly string[] {
  try {
    readMap(typeof map === 'string' ? map : JSON.stringify(map), 'incidents', theirs)
    return []
  } catch (error) {
    return error instanceof MapError ? error.faults : ['no MapError']
  }
}

const row = { number: '7', opened_at: '7/3/2016 09:05', category: 'Net', subcategory: 'VPN', priority: '1 - Critical' }

describe('a map says for each of our columns', () => {
  test('which name, template, table, constant and pattern', () => {
    const map = {
      dates: ['ISO', 'd/M/yyyy HH:mm'],
      columns: {
        ...needed,
        severity: { from: 'priority', values: { '1 - critical': 'sev1' } },
        class: { always: 'manual' },
      },
    }

    expect(translated(map, row)).toEqual({
      id: '7',
      title: 'Net / VPN',
      startedAt: '2016-03-07T08:05:00.000Z',
      severity: 'sev1',
      class: 'manual',
    })
  })

  test.each([
    ['Net', '?', 'About Net.'],
    ['?', 'VPN', 'About VPN.'],
    ['?', ' N/A ', ''],
    ['Net', 'VPN', 'About Net / VPN.'],
  ])('an unknown part of a template leaves with what joins it: %s, %s', (category, subcategory, title) => {
    const map = { unknown: ['?', 'n/a'], columns: { ...needed, title: 'About {category} / {subcategory}.' } }

    expect(translated(map, { ...row, category, subcategory })).toMatchObject({ title })
  })

  test('the first of several that is known', () => {
    const map = { unknown: '?', columns: { ...needed, service: ['cmdb_ci', 'category'] } }

    expect(translated(map, { ...row, cmdb_ci: '?' })).toMatchObject({ service: 'Net' })
    expect(translated(map, { ...row, cmdb_ci: 'ci 4' })).toMatchObject({ service: 'ci 4' })
  })

  test.each([
    ['Resolved', '2016-03-07T08:05:00.000Z'],
    ['closed', '2016-03-07T08:05:00.000Z'],
    ['New', ''],
    ['-100', ''],
  ])('what to believe only where the state is told: %s', (state, resolvedAt) => {
    const rule = { from: 'resolved_at', dates: 'd/M/yyyy HH:mm', where: { state: ['Resolved', 'Closed'] } }

    expect(
      translated({ columns: { ...needed, resolvedAt: rule } }, { ...row, state, resolved_at: row.opened_at }),
    ).toMatchObject({
      resolvedAt,
    })
  })

  test.each([
    ['epoch s', '1457337900', '2016-03-07T08:05:00.000Z'],
    ['epoch ms', '1457337900000', '2016-03-07T08:05:00.000Z'],
    ['ISO', '2016-03-07T09:05+01:00', '2016-03-07T08:05:00.000Z'],
    ['MMM d yyyy h:mm a', 'Mar 7 2016 9:05 am', '2016-03-07T08:05:00.000Z'],
    ["dd.MM.yyyy'T'HH:mmXXX", '07.03.2016T09:05+02:00', '2016-03-07T07:05:00.000Z'],
  ])('how a date is written: %s', (dates, opened_at, startedAt) => {
    expect(translated({ dates, columns: needed }, { ...row, opened_at })).toMatchObject({ startedAt })
  })

  test('a zone of its own, which --zone goes before', () => {
    const map = { zone: 'Asia/Tokyo', dates: 'd/M/yyyy HH:mm', columns: needed }

    expect(readMap(JSON.stringify(map), 'incidents', theirs).translate(row, undefined).cells.startedAt).toBe(
      '2016-03-07T00:05:00.000Z',
    )
    expect(translated(map, row)).toMatchObject({ startedAt: '2016-03-07T08:05:00.000Z' })
  })
})

describe('a row that the map cannot read is refused with the mend', () => {
  test.each([
    [
      { severity: { from: 'priority', values: { '2 - High': 'sev2' } } },
      {
        column: 'severity',
        fault: '"1 - Critical" (their priority) is not in the map\'s table',
        mend: 'add it to columns.severity.values, or say otherwise',
      },
    ],
    [
      { startedAt: { from: 'opened_at', dates: 'yyyy-MM-dd' } },
      {
        column: 'startedAt',
        fault: '"7/3/2016 09:05" does not follow the pattern yyyy-MM-dd',
        mend: 'mend the cell, or name its pattern in the map',
      },
    ],
    [
      { startedAt: { from: 'opened_at', dates: ['epoch s', 'ISO'] } },
      {
        column: 'startedAt',
        fault: '"7/3/2016 09:05" follows none of the patterns epoch s, ISO',
        mend: 'add its pattern to the map',
      },
    ],
  ])('%j', (columns, fault) => {
    expect(translated({ columns: { ...needed, ...columns } }, row)).toEqual([fault])
  })

  test('a table may say what everything else is', () => {
    const severity = { from: 'priority', values: { '2 - High': 'sev2' }, otherwise: 'sev4' }

    expect(translated({ columns: { ...needed, severity } }, row)).toMatchObject({ severity: 'sev4' })
  })
})

test('local times without any zone are refused, not guessed', () => {
  const { faults } = readMap(
    JSON.stringify({ dates: 'd/M/yyyy HH:mm', columns: needed }),
    'incidents',
    theirs,
  ).translate(row, undefined)

  expect(faults).toEqual([
    { column: 'startedAt', fault: '"7/3/2016 09:05" has no offset', mend: 'give --zone, or name a zone in the map' },
  ])
})

describe('a map is checked before the first row', () => {
  const { startedAt, ...late } = needed
  test.each<[unknown, string]>([
    ['{', 'the map is not JSON: '],
    [[], 'the map cannot be read'],
    [{}, 'columns cannot be read'],
    [
      { column: {}, columns: needed },
      'column is not known here; the keys are about, kind, zone, dates, unknown, columns',
    ],
    [
      { columns: late },
      `columns.startedAt is missing and every row needs it; name their column, as in "startedAt": "..."`,
    ],
    [
      { columns: { ...needed, started: startedAt } },
      'columns.started is no column of ours; the columns are id, title, startedAt',
    ],
    [
      { columns: { ...needed, id: 'nummer' } },
      'columns.id names "nummer", which the file does not have; it has number, opened_at',
    ],
    [{ columns: { ...needed, title: '{category} {sub}' } }, 'columns.title names "sub", which the file does not have'],
    [
      { columns: { ...needed, owner: { from: 'number', where: { status: 'x' } } } },
      'columns.owner names "status", which the file does not have',
    ],
    [{ columns: { ...needed, owner: {} } }, 'columns.owner needs either from (their column) or always (a constant)'],
    [{ columns: { ...needed, owner: { from: 'number', always: 'x' } } }, 'columns.owner needs either from'],
    [{ columns: { ...needed, owner: 7 } }, 'columns.owner is neither text nor a rule'],
    [
      { columns: { ...needed, owner: { form: 'number' } } },
      'columns.owner.form is not known here; the keys are from, always, values',
    ],
    [{ columns: { ...needed, owner: { from: 'number', values: { a: 1 } } } }, 'columns.owner.values.a cannot be read'],
    [
      { columns: { ...needed, severity: { from: 'priority', values: { High: 'high' } } } },
      'columns.severity gives "high"; write one of sev1, sev2',
    ],
    [{ columns: { ...needed, class: { always: 'robot' } } }, 'columns.class gives "robot"; write one of customer'],
    [
      { columns: { ...needed, owner: { from: 'number', otherwise: 'x' } } },
      'columns.owner.otherwise needs a table beside it; add values',
    ],
    [{ dates: 'DD/MM', columns: needed }, 'dates: the date pattern "DD/MM" holds "DD", which means nothing'],
    [
      { columns: { ...needed, startedAt: { from: 'opened_at', dates: 'HH:mm' } } },
      'columns.startedAt.dates: the date pattern "HH:mm" needs one year',
    ],
    [{ zone: 'Berlin', columns: needed }, 'zone is not a time zone; write Europe/Berlin'],
    [
      { kind: 'problems', columns: needed },
      'kind is problems, yet incidents is imported; import problems with this map',
    ],
  ])('%j', (map, fault) => {
    expect(mapFaults(map)).toEqual([expect.stringContaining(fault)])
  })

  test('every fault is told at once', () => {
    expect(mapFaults({ kind: 'problems', dates: 'x', columns: { owner: 'nobody' } })).toHaveLength(6)
  })
})
