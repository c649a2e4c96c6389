import { failTheDisk } from './failing-disk.ts'
import { fillTheDisk } from './full-disk.ts'
import { killWhileWriting, type Toll } from './kills.ts'
import { killWhileMigrating } from './migration-kills.ts'

// npm run faults [-- KILLS]: what is tried against the record, how often it survived, and what was lost.
const kills = Number(process.argv[2] ?? 200)
const lines: Line[] = []

interface Line {
  fault: string
  tried: number
  survived: number
  lost: string
  asMeant: boolean
}

tell(await kill('kill -9 under concurrent writes', { kills, meddled: false }))
tell(await kill('kill -9 while another program locks the file', { kills: kills / 2, meddled: true }))
tell(await control(Math.max(3, kills / 20)))
tell(await migrations(Math.max(6, kills / 5)))
tell(await fullDisk())
tell(await failingDisk())
process.exitCode = lines.every(({ asMeant }) => asMeant) ? 0 : 1

async function kill(fault: string, given: { kills: number; meddled: boolean }): Promise<Line> {
  const toll = await killWhileWriting({ ...given, door: 'strong' })
  const sound = toll.lost + toll.halves + toll.damage.length === 0
  return { fault, tried: toll.kills, survived: sound ? toll.kills : 0, lost: lostOf(toll), asMeant: sound }
}

async function control(times: number): Promise<Line> {
  const toll = await killWhileWriting({ kills: times, meddled: true, door: 'weak' })
  const fault = 'control: the same without the settings (must lose)'
  return { fault, tried: toll.kills, survived: 0, lost: lostOf(toll), asMeant: toll.lost > 0 }
}

async function migrations(times: number): Promise<Line> {
  const toll = await killWhileMigrating(times)
  const failed = toll.between + toll.brokenSnapshots + toll.notMended
  const lost = `${failed} (${toll.old} stayed old, ${toll.new} were new)`
  return {
    fault: 'kill -9 half-way through a migration',
    tried: toll.kills,
    survived: toll.kills - failed,
    lost,
    asMeant: failed === 0,
  }
}

async function fullDisk(): Promise<Line> {
  const fault = 'a full disk, then room again'
  const disk = await fillTheDisk()
  if (disk === null) return skipped(fault, 'needs root')
  const asMeant = disk.lost === 0 && disk.readable && disk.otherFaults.length === 0 && disk.keptAfter > 0
  return {
    fault,
    tried: 1,
    survived: asMeant ? 1 : 0,
    lost: `${disk.lost} of ${disk.keptBefore + disk.keptAfter}`,
    asMeant,
  }
}

async function failingDisk(): Promise<Line> {
  const fault = 'a disk that fails to flush'
  const disk = await failTheDisk()
  if (disk === null) return skipped(fault, 'needs strace')
  const asMeant = disk.lost === 0 && disk.exitCode === 74
  return { fault, tried: 1, survived: asMeant ? 1 : 0, lost: `${disk.lost} of ${disk.acknowledged}`, asMeant }
}

function skipped(fault: string, why: string): Line {
  return { fault, tried: 0, survived: 0, lost: why, asMeant: true }
}

function lostOf({ lost, acknowledged, halves, damage }: Toll): string {
  return `${lost} of ${acknowledged}, ${halves} halves${damage.length > 0 ? `, ${damage.length} faults in the file` : ''}`
}

function tell(line: Line): void {
  if (lines.length === 0) console.log(row('fault', 'tried', 'survived', 'lost'))
  lines.push(line)
  console.log(
    row(line.fault, String(line.tried), String(line.survived), `${line.lost}${line.asMeant ? '' : '  FAILED'}`),
  )
}

function row(fault: string, tried: string, survived: string, lost: string): string {
  return `${fault.padEnd(52)}${tried.padStart(6)}${survived.padStart(10)}  ${lost}`
}
