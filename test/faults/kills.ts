import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { sql } from 'drizzle-orm'
import { type Db, openRecord } from '../../src/record/db.ts'

export interface Toll {
  kills: number
  acknowledged: number
  lost: number // acknowledged, and not there after the kill
  halves: number // there in part
  damage: string[] // what integrity_check and foreign_key_check found
}

/** Kills a writing program again and again, with its own ack log kept on this side of the pipe. `meddled`: another program locks the file. */
export async function killWhileWriting(given: {
  kills: number
  door: 'strong' | 'weak'
  meddled: boolean
}): Promise<Toll> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-kills-'))
  await (await openHere(folder)).close()
  const toll: Toll = { kills: 0, acknowledged: 0, lost: 0, halves: 0, damage: [] }
  const acknowledged: string[] = []
  const meddler = given.meddled ? runScript('meddler.ts', [folder]) : null
  try {
    for (; toll.kills < given.kills; toll.kills++) {
      const writer = runScript('writer.ts', [folder, `round${toll.kills}`, given.door])
      acknowledged.push(...(await acksUntilKilled(writer, meddler)))
      Object.assign(toll, await reckon(folder, acknowledged))
    }
  } finally {
    if (meddler) await kill(meddler)
    await rm(folder, { recursive: true, force: true })
  }
  return toll
}

export function runScript(script: string, words: string[]): ChildProcess {
  const path = fileURLToPath(new URL(script, import.meta.url))
  return spawn(process.execPath, ['--import', 'tsx', path, ...words], { stdio: ['pipe', 'pipe', 'inherit'] })
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function acksUntilKilled(writer: ChildProcess, meddler: ChildProcess | null): Promise<string[]> {
  if (!writer.stdout) throw new Error('the writer has no voice')
  const acks: string[] = []
  const lines = createInterface({ input: writer.stdout })
  const ended = once(lines, 'close')
  const ready = once(lines, 'line')
  await Promise.race([ready, ended])
  lines.on('line', (id) => acks.push(id))
  meddler?.stdin?.write('begin\n')
  await Promise.race([pause(50 + Math.random() * 200), ended])
  await kill(writer)
  await ended
  if (meddler) await letGo(meddler)
  return acks
}

async function letGo(meddler: ChildProcess): Promise<void> {
  if (!meddler.stdin || !meddler.stdout) throw new Error('the meddler has no ears')
  meddler.stdin.write('end\n')
  await once(meddler.stdout, 'data')
}

async function reckon(folder: string, acknowledged: readonly string[]): Promise<Omit<Toll, 'kills'>> {
  const db = await openHere(folder)
  try {
    const rows = await db.orm.values<[string, number]>(
      sql`select id, (select count(*) from change_events where change_id = id) from changes`,
    )
    const orphans = await db.orm.values(
      sql`select 1 from change_events where change_id not in (select id from changes)`,
    )
    const there = new Map(rows.map((row) => [row[0], row[1]]))
    return {
      acknowledged: acknowledged.length,
      lost: acknowledged.filter((id) => there.get(id) !== 2).length,
      halves: rows.filter((row) => row[1] !== 2).length + orphans.length,
      damage: await damageOf(db),
    }
  } finally {
    await db.close()
  }
}

export async function damageOf({ orm }: Db): Promise<string[]> {
  const integrity = await orm.values<[string]>(sql`select * from pragma_integrity_check`)
  const strays = await orm.values<[string]>(sql`select * from pragma_foreign_key_check`)
  return [...integrity, ...strays].map((row) => row[0]).filter((line) => line !== 'ok')
}

export function placeIn(folder: string) {
  return { folder, databaseUrl: pathToFileURL(join(folder, 'muster.db')).href, databaseToken: null }
}

export function openHere(folder: string): Promise<Db> {
  return openRecord(placeIn(folder), {
    now: new Date('2026-11-23T08:00:00Z'),
    onFatal: ({ why }) => {
      throw new Error(why)
    },
  })
}
