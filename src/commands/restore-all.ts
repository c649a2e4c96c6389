import { access, mkdir, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { apart } from '../record/apart.ts'
import { backupOf } from '../record/backup.ts'
import { branchesIn, openBranch } from '../record/backup-folder.ts'
import { type Db, openRecord } from '../record/db.ts'
import { messageOf, RecordInUseError } from '../record/faults.ts'
import { flush } from '../record/files.ts'
import { ourMigrations } from '../record/migrating.ts'
import type { Rebuilt } from '../record/rebuilding.ts'
import { countSince } from '../record/restoring.ts'
import type { ExitCode, Room } from './command.ts'

export interface Whole {
  to: Date | null // null = all that the backup knows
  apply: boolean
  out: string | undefined
  branch: string | undefined
  folder: string // from which --out is meant
}
type Desk = Omit<Room, 'db'>

/** The whole record as of then, in a new file. `db`: the record that a server has open, which then stays where it is. */
export async function restoreAll(asked: Whole, room: Desk, db: Db | null): Promise<ExitCode> {
  const { settings, say, complain } = room
  if (db !== null && asked.apply) {
    complain('A running Muster keeps its record: stop it first, then restore with --apply.')
    return 1
  }
  const local = settings.databaseUrl.startsWith('file:') ? fileURLToPath(settings.databaseUrl) : null
  const isThere = local !== null && (await isFile(local))
  if (db !== null) await prepare(db, asked, room)
  else if (isThere) await prepareHere(asked, room)

  const rebuilt = await rebuild(asked, room)
  if (rebuilt === null) return 1
  tell(rebuilt, room)
  if (local === null)
    say('Load that file into your libSQL server as its database: Muster does not write over a server’s own.')
  else if (asked.out !== undefined || (isThere && !asked.apply))
    say('The record was not touched: with --apply this file takes its place.')
  else await putInPlace(rebuilt.out, { local, isThere, room })
  return 0
}

/** What the record knows and the backup does not yet; and what a restoration would change. */
async function prepare(db: Db, { to }: Whole, { settings, now, say }: Desk): Promise<void> {
  await (await backupOf(db, settings)).ship(now())
  if (to === null) return
  const counts = await countSince(db, to)
  for (const { table, came, changed, went } of counts)
    say(`since then ${table}: ${came} came, ${changed} changed, ${went} went`)
  if (counts.length === 0) say('Nothing has changed since then.')
}

async function prepareHere(asked: Whole, room: Desk): Promise<void> {
  const { settings, now, complain } = room
  try {
    const opening = { now: now(), clock: now, onFatal: ({ why }: { why: string }) => complain(why) }
    const db = await openRecord(settings, opening)
    try {
      await prepare(db, asked, room)
    } finally {
      await db.close()
    }
  } catch (error) {
    if (error instanceof RecordInUseError) throw error
    complain(`The record cannot be read (${messageOf(error)}): what the backup knows is restored.`)
  }
}

type Restored = Rebuilt & { out: string; branch: string }

async function rebuild({ to, out, branch, folder }: Whole, room: Desk): Promise<Restored | null> {
  const { settings, now, complain } = room
  await mkdir(settings.folder, { recursive: true, mode: 0o700 })
  const known = (await branchesIn(settings.backupFolder)).toReversed()
  const branches = branch === undefined ? known : known.filter((name) => name === branch)
  const at = now()
  const path = out === undefined ? join(settings.folder, `restored-${stamp(to ?? at)}.db`) : resolve(folder, out)
  const told = {
    at: at.toISOString(),
    by: 'console',
    why: to ? `restored to ${to.toISOString()}` : 'restored from the backup',
  }
  for (const name of branches) {
    const from = await openBranch(settings.backupFolder, name)
    const asked = { branch: from, migrations: ourMigrations, to: to?.toISOString() ?? null, out: path, told }
    try {
      return { ...(await apart('rebuild', asked)), out: path, branch: name }
    } catch (error) {
      complain(`${from}: ${messageOf(error)}`)
    }
  }
  if (branches.length === 0) complain(`There is no backup in ${settings.backupFolder}.`)
  return null
}

function tell(
  { snapshot, tables, reached, faults, past, damage, out, branch }: Restored,
  { say, complain }: Desk,
): void {
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0)
  for (const fault of [...faults, ...damage]) complain(`backup: ${fault}`)
  if (past.broken) complain(`The past breaks at version ${past.broken.number}.`)
  say(`${out}: ${rows} rows, up to version ${reached} of branch ${branch}, from ${snapshot || 'the change log alone'}`)
}

async function putInPlace(
  out: string,
  { local, isThere, room: { now, say } }: { local: string; isThere: boolean; room: Desk },
): Promise<void> {
  if (isThere) {
    const aside = `${local}.before-${stamp(now())}`
    for (const part of ['', '-wal', '-shm', '-journal'])
      if (await isFile(`${local}${part}`)) await rename(`${local}${part}`, `${aside}${part}`)
    say(`The record before lies at ${aside}.`)
  }
  await rename(out, local)
  await flush(join(local, '..'))
  say(`It is in place: ${local}.`)
}

function stamp(at: Date): string {
  return at.toISOString().replaceAll(':', '').replace('.', '_')
}

function isFile(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
