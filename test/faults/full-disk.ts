import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, openRecord } from '../../src/record/db.ts'
import { RecordFullError } from '../../src/record/faults.ts'
import { changes } from '../../src/record/schema.ts'
import { damageOf, openHere, placeIn } from './kills.ts'

export interface FullDisk {
  keptBefore: number // acknowledged until the disk was full
  refused: number // writes refused while it was
  otherFaults: string[] // refused in other words, or fatal
  readable: boolean // while it was full
  keptAfter: number // acknowledged once there was room again, without a restart
  lost: number // acknowledged, and not in the files as a kill -9 would leave them
  damage: string[]
}
const at = new Date('2026-11-23T08:00:00Z')

/** Fills a small disk of our own (root only: it is mounted), writes on, then makes room. null = no disk can be mounted here. */
export async function fillTheDisk(): Promise<FullDisk | null> {
  const disk = await mkdtemp(join(tmpdir(), 'muster-disk-'))
  if (!mounted(disk)) {
    await rm(disk, { recursive: true })
    return null
  }
  try {
    return await writeThrough(disk)
  } finally {
    execFileSync('umount', ['--lazy', disk])
    await rm(disk, { recursive: true, force: true })
  }
}

function mounted(disk: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=14m,mode=700', 'muster-test', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function writeThrough(disk: string): Promise<FullDisk> {
  const otherFaults: string[] = []
  const db = await openRecord(placeIn(disk), { now: at, onFatal: ({ why }) => void otherFaults.push(why) })
  await writeFile(join(disk, 'filler'), Buffer.alloc(11_000_000))
  const before = await writeMany(db, 'before', 3_000)
  const readable = (await db.orm.$count(changes)) === before.kept.length
  await rm(join(disk, 'filler'))
  const after = await writeMany(db, 'after', 200)
  const found = await afterAKill(disk, [...before.kept, ...after.kept])
  await db.close()
  return {
    keptBefore: before.kept.length,
    refused: before.refused,
    otherFaults: [...otherFaults, ...before.otherFaults, ...after.otherFaults],
    readable,
    keptAfter: after.kept.length,
    ...found,
  }
}

async function writeMany(db: Db, name: string, count: number) {
  const kept: string[] = []
  const refusals: unknown[] = []
  for (let n = 0; n < count && refusals.length < 20; n++) {
    const id = `${name}-${n}`
    await db.batch([db.orm.insert(changes).values({ id, at, what: 'x'.repeat(2_000), recordedAt: at })]).then(
      () => kept.push(id),
      (refusal) => refusals.push(refusal),
    )
  }
  const others = refusals.filter((refusal) => !(refusal instanceof RecordFullError))
  return { kept, refused: refusals.length, otherFaults: others.map(String) }
}

async function afterAKill(disk: string, acknowledged: readonly string[]): Promise<Pick<FullDisk, 'lost' | 'damage'>> {
  const copy = await mkdtemp(join(tmpdir(), 'muster-disk-copy-'))
  await cp(disk, copy, { recursive: true })
  const db = await openHere(copy)
  const there = new Set((await db.orm.select({ id: changes.id }).from(changes)).map(({ id }) => id))
  const damage = await damageOf(db)
  await db.close()
  await rm(copy, { recursive: true })
  return { lost: acknowledged.filter((id) => !there.has(id)).length, damage }
}
