import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { isZone } from '../calendar.ts'
import type { Outcome } from '../record/fact.ts'
import { findPull, savePull } from '../record/pulls.ts'
import { recordFacts } from '../record/record-facts.ts'
import { rehearsing } from '../record/rehearsal.ts'
import { inPortions } from '../record/telling.ts'
import { ExportFault, type QueriedLevel, type Subject, type ToolExport } from '../sources/exports/export.ts'
import type { ExitCode, Room } from './command.ts'

export interface AskedExport {
  file: string
  zone: string | undefined
  source: string | undefined
  dryRun: boolean
}

const portion = 200
const most = 20

/** The whole export of a tool, or its service levels as code: twice is the same as once. */
export async function importExport(tool: ToolExport, asked: AskedExport, room: Room): Promise<ExitCode> {
  const file = resolve(room.folder, asked.file)
  room.progress(`reading ${file}`)
  try {
    const source = asked.source ?? tool.source
    const zone = asked.zone !== undefined && isZone(asked.zone) ? asked.zone : room.settings.rhythm.zone
    const beside = (name: string) => readFile(join(dirname(file), name), 'utf8').catch(() => null)
    const subjects = await tool.read(await readFile(file, 'utf8'), { source, zone, now: room.now(), beside })
    const tally = await record(tool, subjects, { source, dryRun: asked.dryRun, room })
    tell(tool, tally, asked, room)
    const levels = subjects.flatMap(({ level }) => level ?? [])
    if (levels.length > 0) await countBy(levels, asked, room)
    return subjects.length > 0 && tally.faults.length === subjects.length ? 1 : 0
  } catch (error) {
    if (error instanceof ExportFault) room.complain(`${file}: ${error.message}. Nothing was written.`)
    else if (isMissing(error)) room.complain(`${file} cannot be read: ${error.code}.`)
    else throw error
    return 1
  }
}

interface Tally {
  read: number
  new: number
  changed: number
  unchanged: number
  faults: { name: string; fault: string }[]
}

async function record(
  tool: ToolExport,
  subjects: readonly Subject[],
  { source, dryRun, room }: { source: string; dryRun: boolean; room: Room },
): Promise<Tally> {
  const db = dryRun ? rehearsing(room.db) : room.db
  const tally: Tally = { read: 0, new: 0, changed: 0, unchanged: 0, faults: [] }
  const telling = { recordedAt: room.now(), source, origin: 'import', class: tool.class } as const
  for (const some of inPortions(subjects, portion)) {
    const outcomes = (
      await recordFacts(
        db,
        some.flatMap(({ facts }) => facts),
        telling,
      )
    ).values()
    for (const { name, facts, fault } of some) {
      const own = facts.map(() => outcomes.next().value ?? 'unchanged')
      const refused = own.find((outcome) => typeof outcome === 'object')
      tally.read += 1
      if (fault !== undefined || refused) tally.faults.push({ name, fault: fault ?? refused?.refused ?? '' })
      else tally[gravest(own)] += 1
    }
    room.progress(`${tally.read} of ${subjects.length}`)
    await breathe()
  }
  return tally
}

function gravest(outcomes: readonly Outcome[]): 'new' | 'changed' | 'unchanged' {
  return (['new', 'changed'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'unchanged'
}

function tell(tool: ToolExport, tally: Tally, { dryRun }: AskedExport, room: Room): void {
  const { read, changed, unchanged, faults } = tally
  room.say(
    `${tool.name}: read ${read}, new ${tally.new}, changed ${changed}, unchanged ${unchanged}, refused ${faults.length}`,
  )
  for (const { name, fault } of faults.slice(0, most)) room.say(`${name}: ${fault}`)
  if (faults.length > most) room.say(`and ${faults.length - most} more`)
  if (dryRun) room.say('nothing was written: this was a dry run')
}

/** The Prometheus that is asked already counts by these queries from now on; without one they wait for the next import. */
async function countBy(
  levels: readonly QueriedLevel[],
  { source = 'prometheus', dryRun }: AskedExport,
  room: Room,
): Promise<void> {
  const pull = await findPull(room.db, source)
  if (pull?.kind !== 'prometheus') {
    room.say(
      `${levels.length} of them have queries, but ${source} is no Prometheus that is asked: set it up at /sources/${source}/pull and import again`,
    )
    return
  }
  const options = pull.options as { levels?: QueriedLevel[] } // the form has judged them
  const isOther = (one: QueriedLevel) =>
    !levels.some((level) => level.service === one.service && level.indicator === one.indicator)
  const merged = { ...options, levels: [...(options.levels ?? []).filter(isOther), ...levels] }
  if (!dryRun && JSON.stringify(merged) !== JSON.stringify(options))
    await savePull(room.db, { ...pull, options: merged, recordedAt: room.now() })
  room.say(`${levels.length} are counted by ${source} from its next round`)
}

function isMissing(error: unknown): error is { code: string } {
  return error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'EACCES'].includes(String(error.code))
}
