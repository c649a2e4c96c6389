import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openRecord } from '../../src/record/db.ts'
import { latestRuns } from '../../src/record/ledger.ts'
import { latestLetters } from '../../src/record/outbox.ts'
import { runScript } from '../faults/kills.ts'
import { daysAgo, morning } from '../support/morning.ts'
import { aFolder } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'
import { openPostHouse, subscribe } from './post-house.ts'

const kills = Number(process.env.KILLS ?? 2)
const people = 40

test(
  `killed ${kills} times between deciding, sending and marking: everybody has their digest, a second copy only under the same id`,
  async () => {
    const { smtpUrl, got } = await openPostHouse()
    const folder = await aFolder()
    const settings = settingsIn(folder)
    const onFatal = () => undefined
    const first = await openRecord(settings, { now: daysAgo(31), onFatal })
    for (let n = 0; n < people; n++) await subscribe(first, `P${n}`, { changedAt: daysAgo(3) })
    await first.close()

    for (let kill = 0; kill < kills; kill++)
      await live({ folder, smtpUrl, killAfterMs: Math.round(Math.random() * 400) })
    const last = await live({ folder, smtpUrl, killAfterMs: null })

    expect(last).toContain('done')
    const db = await openRecord(settings, { now: morning, onFatal })
    const [runs, letters] = [
      await latestRuns(db, 'digest', { at: morning, limit: 1000 }),
      await latestLetters(db, 1000),
    ]
    await db.close()
    const copies = new Map<string, number>()
    for (const { messageId = '' } of got) copies.set(messageId, (copies.get(messageId) ?? 0) + 1)
    expect(runs.filter(({ outcome }) => outcome === 'queued').length).toBe(people)
    expect(letters.filter(({ sentAt }) => sentAt === null)).toEqual([])
    expect(copies.size).toBe(people)
    // At most the four that were on their way at each kill come a second time.
    expect(got.length - people).toBeLessThanOrEqual(kills * 4)
  },
  60_000 + kills * 10_000,
)

interface Life {
  folder: string
  smtpUrl: string
  killAfterMs: number | null // from when it has begun to send; null = it lives to its end
}

async function live({ folder, smtpUrl, killAfterMs }: Life): Promise<string> {
  const child = await runScript('../post/postman.ts', [folder, smtpUrl])
  const said: string[] = []
  child.stdout.on('data', (chunk) => said.push(String(chunk)))
  const ended = once(child, 'exit')
  if (killAfterMs !== null) {
    await Promise.race([ended, once(child.stdout, 'data')])
    await pause(killAfterMs)
    child.kill('SIGKILL')
  }
  await ended
  return said.join('')
}
