import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { faultOfSnapshot, manifestsIn } from './backup-folder.ts'
import { beginning, type Head } from './chain.ts'
import { segmentOf, segmentsIn } from './change-log.ts'
import { type Copy, withCopy } from './copies.ts'
import { examineCopy, examinePast, type Found, type PastFound } from './examining.ts'

export interface Verifying {
  copy: string | null // of the record
  branches: string[] // of the backup
}
export interface Verified {
  record: (Found & { past: PastFound; disowned: string[] }) | null // disowned: what the backup kept and the record knows otherwise
  chain: Omit<PastFound, 'strays'> | null // of a record on a server, whose pages are that server's
  snapshots: number
  segments: number
  faults: string[] // of the backup
}

/** Every page and every version of the record, every byte of the backup, and whether the two tell the same. */
export async function verify({ copy, branches }: Verifying): Promise<Verified> {
  const faults: string[] = []
  const kept: Kept[] = []
  const counts = { snapshots: 0, segments: 0 }
  for (const branch of branches) {
    const manifests = await manifestsIn(branch, faults)
    for (const manifest of manifests) {
      const fault = await faultOfSnapshot(branch, manifest)
      if (fault) faults.push(fault)
      kept.push({ name: manifest.file, head: manifest.head, branch })
    }
    const log = await verifyLog(join(branch, 'log'), faults)
    kept.push({ name: 'the change log', head: log.end, branch })
    counts.snapshots += manifests.length
    counts.segments += log.segments
  }
  const last = kept.filter(({ branch }) => branch === branches.at(-1))
  const record = copy === null ? null : await withCopy(copy, (open) => examine(open, last))
  return { record, chain: null, ...counts, faults }
}

interface Kept {
  name: string
  head: Head
  branch: string
}

async function verifyLog(folder: string, faults: string[]): Promise<{ segments: number; end: Head }> {
  const names = await segmentsIn(folder)
  const end = { ...beginning }
  for (const [place, name] of names.entries()) {
    const { start, logged, fault } = segmentOf(await readFile(join(folder, name), 'utf8'))
    if (fault) faults.push(`${name}: ${fault}`)
    const before = logged.find(({ version }) => version.number === end.number)?.version.hash
    const isNext = (start.number === end.number && start.hash === end.hash) || before === end.hash
    if (!fault && place > 0 && !isNext) faults.push(`${name}: it does not go on from version ${end.number}`)
    const last = logged.at(-1)?.version
    if (last) Object.assign(end, { number: last.number, hash: last.hash })
  }
  return { segments: names.length, end }
}

async function examine(copy: Copy, kept: readonly Kept[]) {
  const found = await examineCopy(copy)
  const disowned: string[] = []
  for (const { name, head } of kept) {
    const [known] = await copy.orm.values<[string]>(sql`select hash from versions where number = ${head.number}`)
    if (head.number > 0 && known?.[0] !== head.hash) disowned.push(`${name} ends with another version ${head.number}`)
  }
  return { ...found, past: await examinePast(copy), disowned }
}
