import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { aDay, aMinute, anHour } from '../calendar.ts'
import { AbandonedError, apart } from './apart.ts'
import { branchesIn, expireBranches, type Manifest, manifestsIn } from './backup-folder.ts'
import { beginning, type Head, headOf } from './chain.ts'
import type { Db } from './db.ts'
import { type Drill, keepDrill, lastDrills } from './drills.ts'
import { examineChain } from './examining.ts'
import { messageOf } from './faults.ts'
import { ourMigrations } from './migrating.ts'
import type { Rebuilt } from './rebuilding.ts'
import { versions } from './schema.ts'
import { type ChangeLog, openChangeLog, type Shipped } from './shipping.ts'
import { takeSnapshot } from './snapshots.ts'
import type { Verified } from './verifying.ts'

export interface Kept {
  folder: string // of the record
  backupFolder: string
}
/** The backup of one open record. Throws what the second folder throws. */
export interface Backup {
  readonly branch: string
  readonly shipped: Shipped
  ship(at: Date): Promise<void>
  snapshot(at: Date): Promise<Manifest>
  /** Rebuilds the record from the backup alone, looks at every row and version of it, and keeps what came of it. */
  drill(clock: () => Date): Promise<Drill>
  /** Looks at every page and version of the record, at every byte of the backup, and whether both tell the same. */
  verify(): Promise<Verified>
  close(): Promise<void>
}

interface Opened {
  opening: Promise<Backup>
  backup: Backup | null
  fault: string | null
}
const opened = new WeakMap<Db, Opened>()

/** The one backup of a record that is open here. What could not be opened is tried again when it is asked for again. */
export function backupOf(db: Db, kept: Kept): Promise<Backup> {
  const before = opened.get(db)
  if (before && before.fault === null) return before.opening

  const state: Opened = { opening: open(db, kept), backup: null, fault: null }
  opened.set(db, state)
  state.opening.then(
    (backup) => Object.assign(state, { backup }),
    (error) => Object.assign(state, { fault: messageOf(error) }),
  )
  return state.opening
}

async function open(db: Db, { folder, backupFolder }: Kept): Promise<Backup> {
  const log = await openChangeLog(db, backupFolder)
  return {
    get branch() {
      return log.branch
    },
    shipped: log.shipped,
    ship: (at) => log.ship(at),
    async snapshot(at) {
      await log.ship(at)
      await expireBranches(backupFolder, at)
      return takeSnapshot(db, log.branch, at)
    },
    async drill(clock) {
      const drill = await tried(db, { log, clock, out: join(folder, 'drill.db') })
      await keepDrill(db, drill)
      return drill
    },
    verify: () => verified(db, { copy: join(folder, 'verify.db'), backupFolder }),
    close: () => log.close(),
  }
}

async function tried(db: Db, { log, clock, out }: { log: ChangeLog; clock: () => Date; out: string }): Promise<Drill> {
  const at = clock()
  const came = (fault: string | null, rebuilt?: Rebuilt): Drill => {
    const { snapshot = '', reached = 0, tables = {} } = rebuilt ?? {}
    const rows = Object.values(tables).reduce((sum, count) => sum + count, 0)
    return { at, fault, snapshot, versions: reached, rows, tookMs: clock().getTime() - at.getTime() }
  }
  try {
    await log.ship(at)
    const { branch, shipped } = log
    const head = shipped.head
    const rebuilt = await apart('rebuild', { branch, migrations: ourMigrations, to: null, out, told: null })
    return came(faultOf(rebuilt, { head, hash: await hashAt(db, rebuilt.reached) }), rebuilt)
  } catch (error) {
    if (error instanceof AbandonedError) throw error
    return came(messageOf(error))
  } finally {
    await rm(out, { force: true })
  }
}

/** The rebuilt record must be sound, reach as far as was shipped, and tell the same past as the one that is open. */
function faultOf(rebuilt: Rebuilt, { head, hash }: { head: Head; hash: string | null }): string | null {
  const { damage, faults, past, reached } = rebuilt
  const wrong = [
    ...damage,
    ...faults,
    ...(past.broken
      ? [`the past breaks at version ${past.broken.number}, ${past.broken.table} ${past.broken.row}`]
      : []),
    ...past.strays.map(({ table, row, fault }) => `${table} ${row}: ${fault}`),
    ...(reached < head.number ? [`it reaches version ${reached} of ${head.number}`] : []),
    ...(rebuilt.head.hash !== (hash ?? '') ? [`version ${reached} is another one than the record's`] : []),
  ]
  return wrong.length === 0 ? null : wrong.slice(0, 3).join('; ')
}

async function hashAt({ orm }: Db, number: number): Promise<string | null> {
  const [found] = await orm.select({ hash: versions.hash }).from(versions).where(eq(versions.number, number))
  return found?.hash ?? null
}

async function verified(db: Db, { copy, backupFolder }: { copy: string; backupFolder: string }): Promise<Verified> {
  const branches = (await branchesIn(backupFolder)).map((name) => join(backupFolder, name))
  if (db.still === null) return { ...(await apart('verify', { copy: null, branches })), chain: await examineChain(db) }
  try {
    await db.still((from) => apart('copy', { from, to: copy }))
    return await apart('verify', { copy, branches })
  } finally {
    await rm(copy, { force: true })
  }
}

/** How the backup stands, as pages and monitors are told. null = this record has none here: a demo, a test. */
export interface BackupStanding {
  shipped: Shipped
  behind: boolean // something was written, and minutes later is still not in the second folder
  snapshots: Manifest[] // newest first
  last: Drill | null
  lastGoodDrillAt: Date | null
  warnings: string[] // what somebody should mend, though the record works
}

const longestBehindMs = 5 * aMinute
/** A day and a bit: the drill is due every day. */
export const oldestDrillMs = 26 * anHour

export async function backupStanding(db: Db, now: Date): Promise<BackupStanding | null> {
  const state = opened.get(db)
  if (!state) return null

  const shipped = state.backup?.shipped ?? { head: beginning, at: null, fault: state.fault }
  const [head, snapshots, { last, lastGoodAt }] = await Promise.all([
    headOf(db),
    state.backup ? manifestsIn(state.backup.branch) : [],
    lastDrills(db, now),
  ])
  const since = (at: Date) => now.getTime() - at.getTime()
  const waits = head.number > shipped.head.number
  return {
    shipped,
    behind:
      state.fault !== null ||
      (waits && shipped.fault !== null && (shipped.at === null || since(shipped.at) > longestBehindMs)),
    snapshots: snapshots.toReversed(),
    last,
    lastGoodDrillAt: lastGoodAt,
    warnings: [
      ...(shipped.fault ? [`the change log is not shipped: ${shipped.fault}`] : []),
      ...(last?.fault ? [`the last drill failed: ${last.fault}`] : []),
      ...(lastGoodAt && since(lastGoodAt) > oldestDrillMs ? ['the last good drill is older than a day'] : []),
      ...(last === null && since(db.bornAt) > oldestDrillMs ? ['the backup was never tried'] : []),
      ...(state.backup && isOverdue(db, snapshots.at(-1), now) ? ['the newest snapshot is hours old'] : []),
    ],
  }
}

// One comes each hour; a failing one is told in the log each minute, and here.
const oldestSnapshotMs = 3 * anHour

function isOverdue(db: Db, newest: Manifest | undefined, now: Date): boolean {
  const from = newest ? new Date(newest.takenAt) : db.bornAt
  return db.still !== null && now.getTime() - from.getTime() > oldestSnapshotMs
}

/** A snapshot each hour, a drill each day: done when due, however long Muster was away. */
export async function keepUpBackup(backup: Backup, db: Db, clock: () => Date): Promise<void> {
  const now = clock()
  if (db.still !== null) {
    const [newest] = (await manifestsIn(backup.branch)).toReversed()
    if (newest === undefined || hourOf(new Date(newest.takenAt)) !== hourOf(now)) await backup.snapshot(now)
  }
  const { last } = await lastDrills(db, now)
  if (last === null || now.getTime() - last.at.getTime() >= aDay) await backup.drill(clock)
}

function hourOf(at: Date): number {
  return Math.floor(at.getTime() / anHour)
}
