import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { aDay, anHour } from '../calendar.ts'
import { beginning, type Head } from './chain.ts'
import { segmentOf, segmentsIn } from './change-log.ts'
import type { Found } from './examining.ts'
import { sha256Of, writeWhole } from './files.ts'

/**
 * A backup folder holds branches, 0001 and on: one for each life of the record. A restored record goes on in a branch of its
 * own, so that nothing of the life before is overwritten. A branch holds `log` (segments of the change log) and `snapshots`.
 */
export async function branchesIn(backup: string): Promise<string[]> {
  const names = await readdir(backup).catch(() => [])
  return names.filter((name) => /^\d{4}$/.test(name)).sort()
}

export async function openBranch(backup: string, name: string): Promise<string> {
  const branch = join(backup, name)
  for (const part of ['log', 'snapshots']) await mkdir(join(branch, part), { recursive: true, mode: 0o700 })
  return branch
}

export async function nextBranch(backup: string): Promise<string> {
  const last = Number((await branchesIn(backup)).at(-1) ?? 0)
  return openBranch(backup, String(last + 1).padStart(4, '0'))
}

/** Up to where a branch's log can be believed. */
export async function endOfLog(branch: string): Promise<Head> {
  const segments = await segmentsIn(join(branch, 'log'))
  for (const name of segments.toReversed()) {
    const { logged } = segmentOf(await readFile(join(branch, 'log', name), 'utf8'))
    const last = logged.at(-1)?.version
    if (last) return { number: last.number, hash: last.hash ?? '' }
  }
  return beginning
}

/** What is said of a snapshot beside it; a snapshot without it is not offered. `seal` covers the rest. */
export interface Manifest extends Found {
  file: string
  takenAt: string
  bytes: number
  sha256: string
  seal: string
}

export async function writeManifest(branch: string, manifest: Omit<Manifest, 'seal'>): Promise<Manifest> {
  const sealed = { ...manifest, seal: sealOf(manifest) }
  await writeWhole(join(branch, 'snapshots', manifestName(manifest.file)), `${JSON.stringify(sealed, null, 2)}\n`)
  return sealed
}

function sealOf({ seal: _, ...manifest }: Omit<Manifest, 'seal'> & { seal?: string }): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex')
}

function manifestName(file: string): string {
  return file.replace(/\.db$/, '.json')
}

/** The snapshots that are offered, oldest first. A manifest that is not as it was written is told as a fault. */
export async function manifestsIn(branch: string, faults: string[] = []): Promise<Manifest[]> {
  const folder = join(branch, 'snapshots')
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
  const manifests: Manifest[] = []
  for (const name of names) {
    const manifest = asManifest(await readFile(join(folder, name), 'utf8'))
    if (manifest && manifestName(manifest.file) === name) manifests.push(manifest)
    else faults.push(`${name}: it is not as it was written`)
  }
  return manifests
}

function asManifest(text: string): Manifest | null {
  try {
    const manifest = JSON.parse(text) as Manifest // its seal tells whether it is one
    return `${JSON.stringify(manifest, null, 2)}\n` === text && sealOf(manifest) === manifest.seal ? manifest : null
  } catch {
    return null
  }
}

/** What is wrong with a snapshot's file. null = it is as it was taken. */
export async function faultOfSnapshot(branch: string, { file, bytes, sha256 }: Manifest): Promise<string | null> {
  const path = join(branch, 'snapshots', file)
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  )
  if (size === null) return `${file}: it is not there`
  return size === bytes && (await sha256Of(path)) === sha256 ? null : `${file}: it is not as it was written`
}

const hours = 24
const days = 35
/** The delayed copy: old enough that a mistake of this morning is not in it. */
export const leastDelay = 6 * anHour
export const mostDelay = 12 * anHour

/** Which snapshots stay: the last of each of 24 hours and of 35 days, and the youngest that is six hours old. */
export function worthKeeping<T extends { takenAt: string }>(snapshots: readonly T[], now: Date): Set<T> {
  const newestFirst = snapshots.toSorted((a, b) => (a.takenAt < b.takenAt ? 1 : -1))
  const delayed = newestFirst.find(({ takenAt }) => now.getTime() - Date.parse(takenAt) >= leastDelay)
  return new Set([
    ...newestOfEach(newestFirst, 'YYYY-MM-DDTHH'.length, hours),
    ...newestOfEach(newestFirst, 'YYYY-MM-DD'.length, days),
    ...(delayed ? [delayed] : []),
  ])
}

function newestOfEach<T extends { takenAt: string }>(newestFirst: readonly T[], length: number, most: number): T[] {
  const kept = new Map<string, T>()
  for (const snapshot of newestFirst) {
    const span = snapshot.takenAt.slice(0, length)
    if (!kept.has(span)) kept.set(span, snapshot)
  }
  return [...kept.values()].slice(0, most)
}

/** A former life of the record goes when nothing was added to it for as long as the oldest snapshot is kept. */
export async function expireBranches(backup: string, now: Date): Promise<void> {
  const former = (await branchesIn(backup)).slice(0, -1)
  for (const name of former) {
    const parts = ['log', 'snapshots'].map((part) => join(backup, name, part))
    const changed = await Promise.all(
      parts.map((part) =>
        stat(part).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      ),
    )
    if (now.getTime() - Math.max(...changed) > days * aDay) await rm(join(backup, name), { recursive: true })
  }
}

/** Takes away the snapshots that are too many, and what the log tells of the time before the oldest that stays. */
export async function prune(branch: string, now: Date): Promise<void> {
  const snapshots = await manifestsIn(branch)
  const kept = worthKeeping(snapshots, now)
  for (const { file } of snapshots.filter((snapshot) => !kept.has(snapshot)))
    for (const name of [manifestName(file), file]) await rm(join(branch, 'snapshots', name), { force: true })
  const [oldest] = [...kept].toSorted((a, b) => a.head.number - b.head.number)
  const segments = await segmentsIn(join(branch, 'log'))
  const needed = segments.findLastIndex((name) => Number.parseInt(name, 10) <= (oldest?.head.number ?? 0) + 1)
  const isOld = oldest && now.getTime() - Date.parse(oldest.takenAt) > aDay
  for (const name of isOld ? segments.slice(0, Math.max(0, needed)) : []) await rm(join(branch, 'log', name))
}
