import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { sql } from 'drizzle-orm'
import { build } from 'esbuild'
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
  const meddler = given.meddled ? await aMeddler(folder) : null
  try {
    for (; toll.kills < given.kills; toll.kills++) {
      const writer = await runScript('writer.ts', [folder, `round${toll.kills}`, given.door])
      acknowledged.push(...(await acksUntilKilled(writer, meddler)))
      Object.assign(toll, await reckon(folder, acknowledged))
    }
  } finally {
    if (meddler) await kill(meddler.child)
    await rm(folder, { recursive: true, force: true })
  }
  return toll
}

/** A program that tests start and kill: it says what it acknowledges, line by line. */
export type Program = ChildProcessByStdio<Writable, Readable, null>

/** Runs one of the programs that tests kill. They are bundled once, as `npm start` is: a kill should not wait for a compiler. */
export async function runScript(script: string, words: string[], env: Record<string, string> = {}): Promise<Program> {
  const path = join(await built(), basename(script).replace(/\.ts$/, '.js'))
  const stdio = ['pipe', 'pipe', 'inherit'] as ['pipe', 'pipe', 'inherit']
  return spawn(process.execPath, ['--expose-gc', path, ...words], { env: { ...process.env, ...env }, stdio })
}

const programs = [
  ...['writer.ts', 'meddler.ts', 'migrator.ts', 'scenario.ts', 'closer.ts', 'bare-cron.ts'],
  ...['../sources/keeper.ts', '../post/postman.ts'],
]
const bundled: { once: Promise<string> | null } = { once: null }

export function built(): Promise<string> {
  bundled.once ??= bundle(resolve('dist/faults'))
  return bundled.once
}

// Other tests bundle the same at the same time: a file is renamed into its place whole.
async function bundle(folder: string): Promise<string> {
  const entryPoints = programs.map((script) => ({
    in: fileURLToPath(new URL(script, import.meta.url)),
    out: basename(script, '.ts'),
  }))
  const asked = {
    entryPoints,
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  } as const
  const { outputFiles } = await build({ ...asked, write: false })
  await mkdir(folder, { recursive: true })
  for (const { path, contents } of outputFiles) {
    await writeFile(`${path}.${process.pid}`, contents)
    await rename(`${path}.${process.pid}`, path)
  }
  return folder
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function acksUntilKilled(writer: ChildProcess, meddler: Meddler | null): Promise<string[]> {
  const acks: string[] = []
  const lines = linesOf(writer)
  const ended = once(lines, 'close')
  const ready = once(lines, 'line')
  await Promise.race([ready, ended])
  lines.on('line', (id) => acks.push(id))
  if (meddler) await Promise.race([meddling(meddler, () => acks.length), ended])
  await Promise.race([pause(20 + Math.random() * 150), ended])
  await kill(writer)
  await ended
  if (meddler) await letGo(meddler)
  return acks
}

interface Meddler {
  child: ChildProcess
  words: AsyncIterator<string>
}

async function aMeddler(folder: string): Promise<Meddler> {
  const child = await runScript('meddler.ts', [folder])
  return { child, words: linesOf(child)[Symbol.asyncIterator]() }
}

/** Until the meddler has tried three times, and something was acknowledged after that. */
async function meddling({ child, words }: Meddler, acknowledged: () => number): Promise<void> {
  child.stdin?.write('begin\n')
  for (let tries = 0; tries < 3; tries++) await words.next()
  const before = acknowledged()
  for (let waited = 0; waited < 5_000 && acknowledged() < before + 10; waited += 10) await pause(10)
}

async function letGo({ child, words }: Meddler): Promise<void> {
  child.stdin?.write('end\n')
  for (;;) {
    const { value, done } = await words.next()
    if (done || value === 'ended') return
  }
}

function linesOf({ stdout }: ChildProcess): Interface {
  if (!stdout) throw new Error('the program has no voice')
  return createInterface({ input: stdout })
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
    patienceMs: 20_000, // a meddler that was just killed may hold the file a moment longer on a busy machine
    now: new Date('2026-11-23T08:00:00Z'),
    onFatal: ({ why }) => {
      throw new Error(why)
    },
  })
}
