import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildAgenda } from '../../src/agenda/agenda.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import { groupBy } from '../../src/record/telling.ts'
import { rhythm } from '../support/morning.ts'
import { aDesk } from './desk.ts'

const log = resolve('../shared/data/servicenow-week/incident_event_log.2016-03-07.csv')
const map = resolve('src/sources/maps/servicenow-incident-log.json')
const words = ['--map', map, '--zone', 'Europe/Berlin']
const mornings = ['2016-03-07', '2016-03-08', '2016-03-09', '2016-03-10', '2016-03-11', '2016-03-14'].map(
  (day) => new Date(`${day}T09:00:00+01:00`),
)

if (!existsSync(log)) console.warn(`skipped: ${log} is not here`)

describe.skipIf(!existsSync(log))('a real week of 3,532 incidents in 17,161 updates', { timeout: 120_000 }, () => {
  const file = { lines: [] as string[] }
  beforeAll(async () => {
    file.lines = (await readFile(log, 'utf8')).trimEnd().split('\n')
  })

  test('goes in twice with the same result', async () => {
    const desk = await aDesk()
    const { told } = await desk.import('incident-snapshots', log, ...words)

    expect(told).toEqual(['incident-snapshots: read 17161, new 3532, changed 11989, unchanged 1640, refused 0'])
    expect((await desk.import('incident-snapshots', log, ...words)).told).toEqual([
      'incident-snapshots: read 17161, new 0, changed 0, unchanged 17161, refused 0',
    ])
    for (const morning of mornings) expect(await counted(desk.db, morning)).toEqual(straight(file.lines, morning))
  })

  test('in pieces that come in any order, every morning is the same', async () => {
    const desk = await aDesk()
    const [header = '', ...rows] = file.lines
    const some = rows.filter((row) => Number(row.slice(3, 10)) % 75 === 0)
    const pieces = [4, 1, 3, 0, 2].map((piece) => some.filter((row) => pieceOf(row) === piece))
    for (const piece of pieces) {
      await writeFile(desk.path('piece.csv'), [header, ...piece].join('\n'))
      await desk.import('incident-snapshots', 'piece.csv', ...words)
    }

    expect(some.length).toBeGreaterThan(200)
    for (const morning of mornings)
      expect(await counted(desk.db, morning)).toEqual(straight([header, ...some], morning))
  })
})

async function counted(db: Parameters<typeof gatherFacts>[0], at: Date) {
  const { counts } = buildAgenda(await gatherFacts(db, { at, rhythm }))
  const { opened, open, unowned, resolved } = counts.incidents
  return { opened, open, unowned, resolved }
}

interface Update {
  id: string
  state: string
  openedAt: number
  at: number
  owner: string
}

/** The same figures, counted straight from the log's rows: the last row of an incident before the morning says how it stood. */
function straight([header = '', ...lines]: string[], morning: Date) {
  const names = header.trim().split(',')
  const rows = lines.map((line): Update => {
    const cell = (name: string) => line.split(',')[names.indexOf(name)] ?? ''
    const times = { openedAt: berlin(cell('opened_at')), at: berlin(cell('sys_updated_at')) }
    return { id: cell('number'), state: cell('incident_state'), owner: cell('assigned_to'), ...times }
  })
  const to = morning.getTime()
  const from = to - (morning.getUTCDay() === 1 ? 72 : 24) * 3_600_000
  const figures = { opened: 0, open: 0, unowned: 0, resolved: 0 }
  for (const [, life] of groupBy(rows, ({ id }) => id)) {
    const [{ openedAt } = { openedAt: to + 1 }] = life
    if (openedAt > to) continue
    const seen = [...new Map(life.map((row) => [row.at, row])).values()]
      .sort((a, b) => a.at - b.at)
      .filter(({ at }) => at <= to)
    const last = seen.at(-1)
    const ending = seen.findLastIndex((row) => !isDone(row)) + 1
    const resolvedAt = seen[ending]?.at
    if (openedAt > from) figures.opened += 1
    if (resolvedAt === undefined) figures.open += 1
    if (resolvedAt === undefined && (last?.owner ?? '?') === '?') figures.unowned += 1
    if (resolvedAt !== undefined && resolvedAt > from) figures.resolved += 1
  }
  return figures
}

function isDone({ state }: Update): boolean {
  return state === 'Resolved' || state === 'Closed'
}

/** Berlin is an hour ahead all through that fortnight. */
function berlin(text: string): number {
  const [, day, month, year, hour, minute] = (/(\d+)\/(\d+)\/(\d+) (\d+):(\d+)/.exec(text) ?? []).map(Number)
  return Date.UTC(year ?? 0, (month ?? 0) - 1, day, (hour ?? 0) - 1, minute)
}

/** Rows of the same incident and minute stay together: nothing but their place in the file tells which came last. */
function pieceOf(row: string): number {
  const [id = '', updatedAt = ''] = [row.slice(0, 10), row.split(',')[13]]
  return [...(id + updatedAt)].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) % 5
}
