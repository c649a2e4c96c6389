import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import { verify } from '../../src/record/verifying.ts'
import { inTempFolder } from './folders.ts'
import { built, damageOf, openHere } from './kills.ts'

export interface SyscallToll {
  kills: number
  acknowledged: number
  failed: string[] // where it died, and what was not as it must be
}
const calls = ['pwrite64', 'write', 'fsync', 'fdatasync', 'ftruncate', 'unlink', 'rename']

/** Lets a scripted life die at its n-th write, flush, cut or rename, n spread over all of them. null = strace is not there. */
export async function killAtEverySyscall(times: number): Promise<SyscallToll | null> {
  if (spawnSync('strace', ['-o', '/dev/null', process.execPath, '--version']).status !== 0) return null
  return inTempFolder(async (folder) => {
    const pristine = join(folder, 'pristine')
    await (await openHere(pristine)).close()
    const points = await pointsOf(join(folder, 'counted'), pristine)
    const toll: SyscallToll = { kills: 0, acknowledged: 0, failed: [] }
    for (let n = 0; n < times; n++) {
      const point = points[Math.floor((n * points.length) / times)]
      if (!point) break
      const { acknowledged, wrong } = await dieAt(join(folder, `tried-${n}`), { pristine, ...point })
      toll.kills += 1
      toll.acknowledged += acknowledged
      if (wrong !== null) toll.failed.push(`${point.call} ${point.when}: ${wrong}`)
    }
    return toll
  })
}

interface Point {
  call: string
  when: number
}

async function pointsOf(folder: string, pristine: string): Promise<Point[]> {
  const trace = `${folder}.trace`
  await live(folder, pristine, ['-o', trace, '-e', `trace=${calls.join(',')}`])
  const lines = (await readFile(trace, 'utf8')).split('\n')
  return calls.flatMap((call) => {
    const count = lines.filter((line) => line.includes(` ${call}(`) || line.startsWith(`${call}(`)).length
    return Array.from({ length: count }, (_, place) => ({ call, when: place + 1 }))
  })
}

async function dieAt(folder: string, { pristine, call, when }: Point & { pristine: string }) {
  const said = await live(folder, pristine, [
    '-o',
    '/dev/null',
    '-e',
    `trace=${call}`,
    '-e',
    `inject=${call}:signal=SIGKILL:when=${when}`,
  ])
  const acknowledged = said.split('\n').filter((line) => /^c\d+$/.test(line))
  const wrong = await faultIn(folder, acknowledged)
  await rm(folder, { recursive: true, force: true })
  return { acknowledged: acknowledged.length, wrong }
}

async function live(folder: string, pristine: string, words: readonly string[]): Promise<string> {
  await cp(pristine, folder, { recursive: true })
  await mkdir(`${folder}/backup`, { recursive: true })
  const script = join(await built(), 'scenario.js')
  const child = spawn('strace', ['-f', '-qq', ...words, process.execPath, script, folder, `${folder}/backup`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return said
}

async function faultIn(folder: string, acknowledged: readonly string[]): Promise<string | null> {
  const db = await openHere(folder)
  try {
    const rows = await db.orm.values<[string, number]>(
      sql`select id, (select count(*) from change_events where change_id = id) from changes`,
    )
    const there = new Map(rows.map((row) => [row[0], row[1]]))
    const lost = acknowledged.filter((id) => there.get(id) !== 1)
    const halves = rows.filter((row) => row[1] !== 1)
    const damage = await damageOf(db)
    const { faults } = await verify({ copy: null, branches: [join(folder, 'backup', '0001')] })
    const wrong = [...lost.map((id) => `${id} lost`), ...halves.map((row) => `${row[0]} half`), ...damage, ...faults]
    return wrong[0] ?? null
  } finally {
    await db.close()
  }
}
