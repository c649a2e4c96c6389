import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fillDemo, sampleBirth } from '../../src/commands/demo.ts'
import { queueDigests } from '../../src/post/digests.ts'
import { openDesk } from '../../src/post/letters.ts'
import { mailWay, sendWaiting } from '../../src/post/sending.ts'
import { openRecord } from '../../src/record/db.ts'
import { keepPreference } from '../../src/record/preferences.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { settingsIn } from '../support/settings.ts'
import { atMost, type Figure } from './table.ts'

const people = 1_000
const now = new Date('2026-11-23T06:00:00Z') // seven in Berlin

/** The digest of the sample morning for a thousand people: decided, queued, rendered and handed to a mail server that takes all. */
export async function digesting(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-digest-'))
  const settings = settingsIn(folder, { publicUrl: new URL('https://muster.example.org') })
  const db = await openRecord(settings, { now: sampleBirth(now, settings.rhythm), onFatal: () => process.exit(1) })
  try {
    await fillDemo(db, settings, now)
    for (let n = 0; n < people; n++) await subscribe(db, n)
    const sizes: number[] = []
    const box = {
      close: () => undefined,
      async post({ html = '' }: { html?: string }) {
        sizes.push(html.length)
        return { outcome: 'accepted' as const, answer: '250' }
      },
    }
    const lag = monitorEventLoopDelay({ resolution: 5 })
    lag.enable()
    const begun = performance.now()
    await queueDigests(db, { rhythm: settings.rhythm, startedAt: new Date(0) }, now)
    await sendWaiting(db, mailWay(box, openDesk(db, settings)), () => now)
    const spent = performance.now() - begun
    lag.disable()
    if (sizes.length !== people) throw new Error(`${sizes.length} of ${people} were written`)
    return [
      atMost(`digest for ${people} people, queued and rendered`, spent / 1000, 10, 's'),
      atMost('longest hold of the loop meanwhile', lag.max / 1e6, 100, 'ms'),
      atMost('largest HTML part', Math.max(...sizes) / 1000, 100, 'kB'),
    ]
  } finally {
    await db.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function subscribe(db: Awaited<ReturnType<typeof openRecord>>, n: number): Promise<void> {
  const email = `person${n}@example.com`
  const person = {
    kind: 'person',
    name: `Person ${n}`,
    email,
    role: null,
    function: null,
    zone: null,
    deputy: null,
  } as const
  const before = new Date('2026-11-22T00:00:00Z')
  await recordFacts(db, [person], { recordedAt: before, source: 'catalogue', origin: 'import', class: null })
  await keepPreference(db, {
    personId: email,
    variant: (['manager', 'engineer', 'support'] as const)[n % 3] ?? 'manager',
    digestFrom: before,
    time: '07:00',
    zone: 'Europe/Berlin',
    weekdays: [1, 2, 3, 4, 5],
    daysOff: [],
    keepsHolidays: true,
    wakings: [],
    quietFrom: '22:00',
    quietUntil: '07:00',
    feed: 0,
    changedAt: before,
  })
}
