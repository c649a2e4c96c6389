import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { damageOf, kill, openHere, runScript } from './kills.ts'
import { mountLazyDisk } from './lazy-disk.ts'

export interface Cuts {
  tried: number
  acknowledged: number
  lost: number
  damage: string[]
}

/** Cuts the power of a writing program, again and again. `door`: how it flushes. null = no such disk can be mounted here. */
export async function cutThePower(
  times: number,
  { door, how }: { door: 'strong' | 'hasty'; how: 'dropped' | 'torn' },
): Promise<Cuts | null> {
  const seed = await mkdtemp(join(tmpdir(), 'muster-seed-'))
  await (await openHere(seed)).close()
  await rm(join(seed, 'snapshots'), { recursive: true, force: true })
  const cuts: Cuts = { tried: 0, acknowledged: 0, lost: 0, damage: [] }
  try {
    for (; cuts.tried < times; cuts.tried++) {
      const left = await mkdtemp(join(tmpdir(), 'muster-left-'))
      const acks = await writeUntilCut(seed, left, { door, how })
      if (acks === null) return null
      const { lost, damage } = await reckon(left, acks)
      cuts.acknowledged += acks.length
      cuts.lost += lost
      cuts.damage.push(...damage)
      await rm(left, { recursive: true })
    }
    return cuts
  } finally {
    await rm(seed, { recursive: true, force: true })
  }
}

async function writeUntilCut(
  seed: string,
  left: string,
  { door, how }: { door: 'strong' | 'hasty'; how: 'dropped' | 'torn' },
): Promise<string[] | null> {
  const disk = await mountLazyDisk(seed)
  if (disk === null) return null
  const writer = await runScript('writer.ts', [disk.folder, 'cut', door])
  if (!writer.stdout) throw new Error('the writer has no voice')
  const acks: string[] = []
  const lines = createInterface({ input: writer.stdout }).on(
    'line',
    (line) => void (line !== 'ready' && acks.push(line)),
  )
  for (let waited = 0; acks.length < 20 && waited < 20_000; waited += 5) await pause(5)
  await pause(Math.random() * 100)
  const told = [...acks]
  await disk.cut(left, how)
  writer.kill('SIGKILL')
  await disk.close()
  await kill(writer)
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
  lines.close()
  return told
}

async function reckon(left: string, acks: readonly string[]): Promise<{ lost: number; damage: string[] }> {
  try {
    const db = await openHere(left)
    const rows = await db.orm.values<[string]>(sql`select id from changes`)
    const there = new Set(rows.map((row) => row[0]))
    const damage = await damageOf(db)
    await db.close()
    return { lost: acks.filter((id) => !there.has(id)).length, damage }
  } catch (error) {
    return { lost: acks.length, damage: [String(error)] }
  }
}
