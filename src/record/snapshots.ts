import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { apart } from './apart.ts'
import { type Manifest, prune, writeManifest } from './backup-folder.ts'
import type { Db } from './db.ts'
import { RecordRefusedError } from './faults.ts'
import { flush, half, sha256Of, sweepHalves } from './files.ts'

/**
 * Copies the whole record into the branch: under another name until it has been looked at and is on the disk, and offered
 * only with its manifest. Nobody waits for it. Throws when the copy is not sound, and on a libSQL server.
 */
export async function takeSnapshot(db: Db, branch: string, at: Date): Promise<Manifest> {
  if (db.still === null) throw new RecordRefusedError(keptByServer)

  const folder = join(branch, 'snapshots')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await sweepHalves(folder)
  const file = `${at.toISOString().replaceAll(':', '').replace('.', '_')}.db`
  const path = join(folder, file)
  const found = await db.still((from) => apart('copy', { from, to: half(path) }))
  if (found.damage.length > 0) throw new RecordRefusedError(`The copy is damaged: ${found.damage.join('; ')}.`)

  const sha256 = await sha256Of(half(path))
  await rename(half(path), path)
  await flush(dirname(path))
  const { size: bytes } = await stat(path)
  const manifest = await writeManifest(branch, { file, takenAt: at.toISOString(), bytes, sha256, ...found })
  await prune(branch, at)
  return manifest
}

export const keptByServer =
  'The record lies on a libSQL server: that takes its own snapshots. Muster keeps the change log, from which all of it can be restored.'
