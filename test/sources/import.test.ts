import { access, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { findIncident } from '../../src/record/incidents.ts'
import { aDesk } from './desk.ts'

const header = 'id,title,startedAt,severity,resolvedAt,owner'
const first = 'INC1,Search is slow,2026-11-20T09:00:00+01:00,sev2,2026-11-20T10:00:00+01:00,ann'
const second = 'INC2,Payments fail,2026-11-20T11:00:00+01:00,sev1,,'
const at = (time: string) => new Date(`2026-11-20T${time}:00+01:00`)

describe('import', () => {
  test('puts rows on the record, and twice is the same as once', async () => {
    const desk = await aDesk()
    await desk.put('week.csv', `${header}\n${first}\n${second}\n`)

    expect(await desk.import('incidents', 'week.csv')).toEqual({
      exit: 0,
      told: ['incidents: read 2, new 2, changed 0, unchanged 0, refused 0'],
      complained: [],
    })
    expect((await desk.import('incidents', 'week.csv')).told).toEqual([
      'incidents: read 2, new 0, changed 0, unchanged 2, refused 0',
    ])
    expect(await desk.rows('incidents')).toMatchObject([
      { id: 'INC1', severity: 'sev2', owner: 'ann', startedAt: '2026-11-20T08:00:00.000Z' },
      { id: 'INC2', severity: 'sev1', owner: null, resolvedAt: null },
    ])
  })

  test('any past instant can be looked at', async () => {
    const desk = await aDesk()
    await desk.put('week.csv', `${header}\n${first}\n`)
    await desk.import('incidents', 'week.csv')

    expect(await findIncident(desk.db, 'INC1', at('08:59'))).toBeUndefined()
    expect(await findIncident(desk.db, 'INC1', at('09:59'))).toMatchObject({ state: 'open', ownerId: 'ann' })
    expect(await findIncident(desk.db, 'INC1', at('10:00'))).toMatchObject({ state: 'resolved' })
  })

  test('a changed row changes the record', async () => {
    const desk = await aDesk()
    await desk.put('week.csv', `${header}\n${first}\n${second}\n`)
    await desk.import('incidents', 'week.csv')
    await desk.put('week.csv', `${header}\n${first}\n${second.replace('sev1', 'sev3')}\n`)

    expect((await desk.import('incidents', 'week.csv')).told).toEqual([
      'incidents: read 2, new 0, changed 1, unchanged 1, refused 0',
    ])
    expect((await desk.rows('incidents'))[1]).toMatchObject({ severity: 'sev3' })
  })

  test('refused rows are told by line and reason and kept beside the input, to be mended and imported', async () => {
    const desk = await aDesk()
    await desk.put(
      'week.csv',
      `${header}\n${first}\nINC2,=cmd,yesterday,sev1,,\n,no id,2026-11-20T11:00:00+01:00,sev9,,\n`,
    )
    const { exit, told } = await desk.import('incidents', 'week.csv')

    expect(exit).toBe(0)
    expect(told).toEqual([
      'incidents: read 3, new 1, changed 0, unchanged 0, refused 2',
      'line 3: startedAt: "yesterday" is not an instant; write 2016-03-07T09:00:00+01:00 or give --zone',
      'line 4: id: is missing; write it: every row needs it | severity: "sev9" is not known here; write one of sev1, sev2, sev3, sev4',
      `the refused rows are in ${desk.path('week.csv.refused.csv')}: mend them there and import that file`,
    ])
    const kept = await readFile(desk.path('week.csv.refused.csv'), 'utf8')
    expect(kept.split('\r\n')).toEqual([
      `${header},reason`,
      expect.stringMatching(/^INC2,'=cmd,yesterday,sev1,,,"line 3: startedAt: ""yesterday""/),
      expect.stringMatching(/^,no id,.*line 4: id: is missing/),
      '',
    ])

    await desk.put('mended.csv', kept.replace('yesterday', '2026-11-20T11:00:00+01:00'))
    expect((await desk.import('incidents', 'mended.csv')).told[0]).toBe(
      'incidents: read 2, new 1, changed 0, unchanged 0, refused 1',
    )
    expect((await desk.rows('incidents'))[1]).toMatchObject({ id: 'INC2', title: '=cmd' })
  })

  test('a thousand refusals are counted, not all told, and leave nothing', async () => {
    const desk = await aDesk()
    await desk.put('week.csv', `${header}\n${'INC1,a,soon,,,\n'.repeat(1_000)}`)
    const { exit, told } = await desk.import('incidents', 'week.csv')

    expect(exit).toBe(1)
    expect(told[0]).toBe('incidents: read 1000, new 0, changed 0, unchanged 0, refused 1000')
    expect(told.filter((line) => line.startsWith('line '))).toHaveLength(20)
    expect(told).toContain('and 980 more')
    expect((await readFile(desk.path('week.csv.refused.csv'), 'utf8')).split('\r\n')).toHaveLength(1_002)
    expect(await desk.rows('incidents')).toEqual([])
  })

  test('a dry run tells the same and writes nothing', async () => {
    const desk = await aDesk()
    await desk.put('week.csv', `${header}\n${first}\n${second}\n${second}\nINC3,a,soon,,,\n`)
    const rehearsed = await desk.import('incidents', 'week.csv', '--dry-run')

    expect(await desk.rows('incidents')).toEqual([])
    await expect(access(desk.path('week.csv.refused.csv'))).rejects.toThrow('ENOENT')
    expect(rehearsed.told.at(-1)).toBe('nothing was written: this was a dry run')
    expect(rehearsed.told[0]).toBe((await desk.import('incidents', 'week.csv')).told[0])
  })

  test('columns in whatever case and spelling; others are left out and said', async () => {
    const desk = await aDesk()
    await desk.put('week.csv', 'ID;Title;Started At;started by;resolved_at\nINC1;a;2026-11-20 09:00;bob;\n')

    expect((await desk.import('incidents', 'week.csv', '--zone', 'Europe/Berlin')).told).toEqual([
      'not a column of incidents, left out: started by',
      'incidents: read 1, new 1, changed 0, unchanged 0, refused 0',
    ])
  })

  test('JSON lines', async () => {
    const desk = await aDesk()
    const row = { id: 'C1', at: '2026-11-20T09:00:00Z', text: 'It is slow', class: 'customer', count: 3 }
    await desk.put('complaints.jsonl', `${JSON.stringify(row)}\n{"id":\n`)
    const { told } = await desk.import('complaints', 'complaints.jsonl')

    expect(told.slice(0, 2)).toEqual([
      'complaints: read 2, new 1, changed 0, unchanged 0, refused 1',
      expect.stringMatching(/^line 2: is not JSON/),
    ])
    expect(await desk.rows('complaints')).toMatchObject([{ id: 'C1', count: 3 }])
  })

  test.each([
    ['', 'the file is empty: it must begin with a line that names the columns'],
    [
      'INC1,Search is slow,2026-11-20T09:00:00Z\n',
      'the file has no id, no title, no startedAt, which every row of incidents needs',
    ],
    ['id,title,startedAt,started_at\n', '"started_at" is startedAt once more: which of them counts?'],
    [`${header}\n${first}\nINC2,"open,2026-11-20T09:00:00Z,,,\n`, 'the quote that opens on line 3 never closes'],
    [Buffer.from(`${header}\n${first}\nINC2,caf\xe9\n`, 'latin1'), 'line 3 is not UTF-8'],
  ])('a broken file is refused in one sentence, and nothing is written: %j', async (text, sentence) => {
    const desk = await aDesk()
    await desk.put('week.csv', text)
    const { exit, told, complained } = await desk.import('incidents', 'week.csv')

    expect([exit, told]).toEqual([1, []])
    expect(complained).toEqual([expect.stringContaining(sentence)])
    expect(complained[0]).toMatch(/Nothing was written\.$/)
    expect(await desk.rows('incidents')).toEqual([])
  })

  test('a file that is not there, a folder, a map that does not fit', async () => {
    const desk = await aDesk()
    await desk.put('week.csv', `${header}\n${first}\n`)
    await desk.put('map.json', '{"columns":{"id":"number"}}')

    expect(await desk.import('incidents', 'no.csv')).toMatchObject({
      exit: 1,
      complained: [expect.stringContaining('there is no such file')],
    })
    expect(await desk.import('incidents', '.')).toMatchObject({
      exit: 1,
      complained: [expect.stringContaining('it is a folder')],
    })
    expect((await desk.import('incidents', 'week.csv', '--map', 'map.json')).complained).toEqual([
      expect.stringContaining('columns.title is missing'),
      expect.stringContaining('columns.startedAt is missing'),
      expect.stringContaining('columns.id names "number", which the file does not have'),
    ])
  })

  test.each([
    [[], 'import needs a KIND and a FILE'],
    [['incidents'], 'import incidents needs a FILE'],
    [['outages', 'a.csv'], '"outages" is not a kind'],
    [['incidents', 'a.csv', 'b.csv'], 'import takes one FILE, and "b.csv" is another'],
    [['incidents', 'a.csv', '--zone', 'Berlin'], '"Berlin" is not a time zone'],
    [['incidents', 'a.csv', '--source', 'a b'], '"a b" is no name of a source'],
    [['incidents', 'a.csv', '--zome', 'x'], "Unknown option '--zome'"],
  ])('wrong words %j', async (words, fault) => {
    const desk = await aDesk()
    const { exit, complained } = await desk.import(...words)

    expect(exit).toBe(2)
    expect(complained[0]?.startsWith(fault)).toBe(true)
    expect(complained[0]).toContain('npm run import -- KIND FILE')
  })
})

describe('snapshots', () => {
  const columns = 'incident,at,title,startedAt,owner,severity,resolvedAt,team'
  const snapshot = (time: string, cells: string) =>
    `INC1,2026-11-20T${time}:00+01:00,Slow,2026-11-20T08:00:00+01:00,${cells}\n`
  const done = '2026-11-20T08:30:00+01:00'
  const morning = `${columns}\n${snapshot('09:00', 'ann,sev2,,A')}${snapshot('10:00', ',sev1,,A')}`
  const noon = `${columns}\n${snapshot('11:00', `bob,sev1,${done},B`)}${snapshot('12:00', 'bob,sev1,,B')}`

  test('the differences between rows become what happened, each at its own row', async () => {
    const desk = await aDesk()
    await desk.put('day.csv', morning + noon.slice(columns.length + 1))
    await desk.import('incident-snapshots', 'day.csv')
    const events = await desk.rows('incident-events')

    expect(events.map(({ at, kind, value }) => `${String(at).slice(11, 16)} ${kind} ${value ?? ''}`.trim())).toEqual([
      ...['08:00 assigned ann', '08:00 severity sev2', '09:00 assigned', '09:00 severity sev1'],
      ...['10:00 assigned bob', '10:00 resolved', '11:00 reopened'],
    ])
  })

  test('a row speaks only of its own instant', async () => {
    const desk = await aDesk()
    await desk.put('day.csv', morning + noon.slice(columns.length + 1))
    await desk.import('incident-snapshots', 'day.csv')
    const stood = async (time: string) => {
      const { state, ownerId, severity, team } = (await findIncident(desk.db, 'INC1', at(time))) ?? {}
      return [state, ownerId, severity, team]
    }

    expect(await stood('07:59')).toEqual([undefined, undefined, undefined, undefined])
    expect(await stood('08:59')).toEqual(['open', null, null, null])
    expect(await stood('09:30')).toEqual(['open', 'ann', 'sev2', 'A'])
    expect(await stood('10:30')).toEqual(['open', null, 'sev1', 'A'])
    expect(await stood('11:30')).toEqual(['resolved', 'bob', 'sev1', 'B'])
    expect(await stood('12:30')).toEqual(['open', 'bob', 'sev1', 'B'])
  })

  test('the last row of an instant counts, wherever it stands in the file', async () => {
    const desk = await aDesk()
    await desk.put(
      'day.csv',
      `${columns}\n${snapshot('10:00', 'bob,sev1,,')}${snapshot('09:00', 'eve,,,')}${snapshot('09:00', 'ann,,,')}`,
    )

    expect((await desk.import('incident-snapshots', 'day.csv')).told).toEqual([
      'incident-snapshots: read 3, new 1, changed 1, unchanged 1, refused 0',
    ])
    expect(await findIncident(desk.db, 'INC1', at('09:30'))).toMatchObject({ ownerId: 'ann' })
  })

  test('a column the file does not have says nothing', async () => {
    const desk = await aDesk()
    await desk.put('day.csv', morning)
    await desk.put('teams.csv', `incident,at,team\nINC1,2026-11-20T09:30:00+01:00,C\n`)
    await desk.import('incident-snapshots', 'day.csv')
    await desk.import('incident-snapshots', 'teams.csv')

    expect(await findIncident(desk.db, 'INC1', at('09:40'))).toMatchObject({ ownerId: 'ann', team: 'C', title: 'Slow' })
  })

  test('files may come in any order', async () => {
    const lines = [...morning.split('\n').slice(1, 3), ...noon.split('\n').slice(1, 3)]
    const standings = await Promise.all(
      [
        [0, 1, 2, 3],
        [3, 2, 1, 0],
        [0, 2, 1, 3],
        [2, 0, 3, 1],
      ].map(async (order) => {
        const desk = await aDesk()
        for (const place of order) {
          await desk.put('row.csv', `${columns}\n${lines[place]}\n`)
          await desk.import('incident-snapshots', 'row.csv')
        }
        const instants = ['08:30', '09:00', '09:30', '10:00', '10:30', '11:00', '11:30', '12:00', '12:30']
        return Promise.all(instants.map(async (time) => stateOf(await findIncident(desk.db, 'INC1', at(time)))))
      }),
    )

    for (const standing of standings) expect(standing).toEqual(standings[0])
  })
})

function stateOf(incident: Awaited<ReturnType<typeof findIncident>>) {
  return incident && [incident.state, incident.ownerId, incident.severity, incident.team, incident.resolvedAt]
}
