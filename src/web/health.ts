import { aDay, aMinute } from '../calendar.ts'
import { type BackupStanding, backupStanding } from '../record/backup.ts'
import type { Db } from '../record/db.ts'
import { countDeliveries } from '../record/deliveries.ts'
import { inputTotals } from '../record/details.ts'
import { freeBytes, lastStrike } from '../record/health.ts'
import { meetingsBefore } from '../record/meetings.ts'
import { countLetters, undeliveredSince } from '../record/outbox.ts'
import { type PromiseKept, promisesKept } from '../record/promises.ts'
import { factory } from './house.ts'

const leastFree = 50 * 1024 * 1024

/** That this program runs, and nothing else. */
export const alive = factory.createHandlers((c) => c.text('ok\n'))

/** Whether it can do its work; if not, why: 503 with the reasons. */
export const ready = factory.createHandlers(async (c) => {
  const { db, settings, now } = c.var
  const reads = await countDeliveries(db).then(
    () => null,
    () => 'the record cannot be read',
  )
  const isLocal = settings.databaseUrl.startsWith('file:')
  const free = isLocal ? await freeBytes(settings.folder).catch(() => null) : null
  const full = free !== null && free < leastFree ? `only ${free} bytes are free where the record lies` : null
  const backup = await backupStanding(db, now).catch(() => null)
  const behind = backup?.behind ? 'what is written is not shipped to the backup' : null
  const reasons = [reads, full, behind, stillness(db, now)].filter((reason) => reason !== null)
  const ready = reasons.length === 0
  const warnings = (backup?.warnings ?? []).map((warning) => warning.replace(/:.*/s, '')) // the rest names folders
  const degraded = [...warnings, ...(await lettersBehind(db, now).catch(() => []))]
  return c.json({ ready, reasons, degraded, backup: backup && drillTold(backup) }, ready ? 200 : 503)
})

// It strikes each minute; a machine that slept hears the next stroke within one.
const longestStillMs = 5 * aMinute

function stillness(db: Db, now: Date): string | null {
  const struck = lastStrike(db)
  return struck && now.getTime() - struck.getTime() > longestStillMs ? 'the clock has not struck for minutes' : null
}

/** A letter not accepted within a quarter of an hour, or refused since yesterday: somebody does not know what the room knows. */
async function lettersBehind(db: Db, now: Date): Promise<string[]> {
  const letters = await undeliveredSince(db, new Date(now.getTime() - aDay), now)
  const refused = letters.filter(({ failedAt }) => failedAt !== null).length
  const late = letters.length - refused
  return [
    ...(late > 0 ? [`${late} letters are not accepted although they are due`] : []),
    ...(refused > 0 ? [`${refused} letters were refused`] : []),
  ]
}

function drillTold({ shipped, snapshots, last, lastGoodDrillAt }: BackupStanding) {
  return {
    shippedAt: shipped.at,
    snapshotAt: snapshots[0]?.takenAt ?? null,
    drilledAt: last?.at ?? null,
    drill: last === null ? 'none yet' : last.fault === null ? 'good' : 'failed',
    lastGoodDrillAt,
  }
}

/** Prometheus text. */
export const metrics = factory.createHandlers(async (c) => {
  const { db, now } = c.var
  const [{ waiting, unreadable }, totals, letters, late, [last], promises] = await Promise.all([
    countDeliveries(db),
    inputTotals(db),
    countLetters(db),
    undeliveredSince(db, new Date(now.getTime() - aDay), now),
    meetingsBefore(db, now, 1),
    promisesKept(db, now),
  ])
  const lines = [
    ...metric('muster_record_version', 'counter', 'Writes committed since the start.', [['', db.version]]),
    ...promiseLines('ingest', 'Of the past day, how much of what was delivered could be read.', promises.ingest),
    ...promiseLines(
      'digest',
      'Of thirty days, how many digests were there within a quarter of an hour.',
      promises.digest,
    ),
    ...metric('muster_deliveries_waiting', 'gauge', 'Deliveries stored and not yet read.', [['', waiting]]),
    ...metric('muster_deliveries_unreadable', 'gauge', 'Deliveries that could not be read.', [['', unreadable]]),
    ...metric(
      'muster_letters_total',
      'gauge',
      'Letters, messages and pushes, by channel and standing.',
      letters.flatMap(({ channel, sent, waiting, failed }) => [
        [labels({ channel, standing: 'accepted' }), sent] as [string, number],
        [labels({ channel, standing: 'waiting' }), waiting] as [string, number],
        [labels({ channel, standing: 'refused' }), failed] as [string, number],
      ]),
    ),
    ...metric(
      'muster_letters_undelivered',
      'gauge',
      'Letters due for a quarter of an hour and not accepted, or refused within a day.',
      [['', late.length]],
    ),
    ...metric(
      'muster_facts_total',
      'counter',
      'New facts, by source and class of input.',
      totals.map(({ source, class: inputClass, count }) => [labels({ source, class: inputClass }), count]),
    ),
    ...metric(
      'muster_source_last_heard_seconds',
      'gauge',
      'When a source last spoke, Unix time.',
      totals.map(({ source, class: inputClass, lastAt }) => [
        labels({ source, class: inputClass }),
        lastAt.getTime() / 1000,
      ]),
    ),
    ...(last?.cutOff
      ? metric('muster_last_cut_off_seconds', 'gauge', 'Cut-off of the last meeting, Unix time.', [
          ['', last.cutOff.getTime() / 1000],
        ])
      : []),
  ]
  return c.body(`${lines.join('\n')}\n`, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
})

function promiseLines(name: string, about: string, { kept, given }: PromiseKept): string[] {
  return [
    ...(given > 0 ? metric(`muster_promise_${name}_ratio`, 'gauge', about, [['', kept / given]]) : []),
    ...metric(`muster_promise_${name}_given`, 'gauge', `How often that promise was given.`, [['', given]]),
  ]
}

function metric(name: string, type: 'counter' | 'gauge', about: string, samples: [string, number][]): string[] {
  return [`# HELP ${name} ${about}`, `# TYPE ${name} ${type}`, ...samples.map(([of, value]) => `${name}${of} ${value}`)]
}

function labels(named: Record<string, string>): string {
  const escaped = (value: string) => value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
  return `{${Object.entries(named)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`
}
