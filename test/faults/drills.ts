import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from '../../src/app.tsx'
import { rehearse, tellingAt } from '../../src/post/editions.ts'
import { type Backup, backupOf } from '../../src/record/backup.ts'
import type { Db } from '../../src/record/db.ts'
import { buildDigest } from '../../src/reports/digest.ts'
import { digestParts } from '../../views/digest-words.ts'
import { rhythm } from '../support/morning.ts'
import { settingsIn } from '../support/settings.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import { dice, live } from './random-life.ts'
import type { Outcome } from './table.ts'

const nine = new Date('2026-11-23T08:00:00Z')
const inHours = (n: number) => new Date(nine.getTime() + n * 3_600_000)

/** The backup rots or is cut short, and is tried: the drill must fail, and house, agenda and digest must say so in red. */
export async function drillDamaged(times: number): Promise<Outcome> {
  return inTempFolder(async (folder) => {
    const settings = settingsIn(folder, { backupFolder: join(folder, 'backup') })
    const db = await openHere(folder)
    const backup = await backupOf(db, settings)
    await live(db, { operations: 300, remembrances: 1, from: nine, roll: dice(times) })
    await backup.ship(nine)
    const roll = dice(times + 1)
    const failed: string[] = []
    for (let turn = 0; turn < times; turn++) {
      const at = inHours(turn)
      const mend = await damage(backup, roll)
      const { fault } = await backup.drill(() => at)
      await mend()
      if (fault === null) failed.push('the drill found nothing')
      failed.push(...(await untold(db, settings, at)).map((where) => `untold in ${where}`))
    }
    const { fault } = await backup.drill(() => inHours(times))
    if (fault !== null) failed.push(`sound, and yet: ${fault}`)
    const aged = await untold(db, settings, inHours(times + 27))
    failed.push(...aged.map((where) => `its age is untold in ${where}`))
    await backup.close()
    await db.close()
    const lost = failed[0] ?? 'found, and told by house, agenda and digest; so is its age'
    return {
      tried: times,
      survived: Math.max(0, times - failed.length),
      lost,
      worstMs: null,
      asMeant: failed.length === 0,
    }
  })
}

/** Flips a bit of the log, or cuts it short. @returns how it is mended. */
async function damage({ branch }: Backup, roll: (most: number) => number): Promise<() => Promise<void>> {
  const names = (await readdir(join(branch, 'log'))).filter((name) => name.endsWith('.jsonl'))
  const path = join(branch, 'log', names[roll(names.length)] ?? '')
  const sound = await readFile(path)
  const damaged = Buffer.from(sound)
  const place = Math.floor(sound.length / 4) + roll(Math.floor(sound.length / 2))
  damaged[place] = (damaged[place] ?? 0) ^ (1 << roll(8))
  await writeFile(path, roll(2) === 0 ? damaged : sound.subarray(0, place))
  return () => writeFile(path, sound)
}

async function untold(db: Db, settings: ReturnType<typeof settingsIn>, at: Date): Promise<string[]> {
  const app = createApp({ db, settings, now: () => at })
  const ready = await (await app.request('/readyz')).text()
  const agenda = await (await app.request('/api/v1/agenda')).text()
  const edition = await rehearse(db, rhythm, await tellingAt(db, rhythm, at))
  const reader = { personId: null, name: '', zone: rhythm.zone, variant: 'manager' } as const
  const rows = digestParts(buildDigest(edition, reader, null)).flatMap((part) => part.rows)
  return [
    ...(/the last (good )?drill/.test(ready) ? [] : ['/readyz']),
    ...(agenda.includes('"kind":"backup in doubt"') ? [] : ['the agenda']),
    ...(rows.some(({ title, tone }) => title === 'backup' && tone === 'red') ? [] : ['the digest']),
  ]
}
