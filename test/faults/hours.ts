import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { aDay, addDays, aMinute, dayOf, slotOn } from '../../src/calendar.ts'
import { asBundled } from '../support/server.ts'
import { run } from './lost-machine.ts'
import { asked, booked, notOnce, placeWith, readers, servedAt, untilLetters } from './slots.ts'

const day = '2026-11-23'
export const slot = new Date('2026-11-23T06:00:00Z') // 07:00 in Berlin
export const before = (ms: number) => new Date(slot.getTime() - ms)
export const after = (ms: number) => new Date(slot.getTime() + ms)

/** Killed and started again within a minute of the hour, again and again. */
export async function killAroundTheHour(folder: string, kills: number) {
  const all = readers(20)
  const place = await placeWith(folder, all, before(10 * aDay))
  for (let kill = 0; kill < kills; kill++) {
    const at = before(aMinute - (2 * aMinute * kill) / kills)
    const served = await servedAt(place, { folder, at, how: 'jumps' })
    if (!served) return null
    await pause(Math.random() * 400)
    process.kill(served.server.pid, 'SIGKILL')
    await served.server.stop()
  }
  const last = await servedAt(place, { folder, at: after(aMinute), how: 'jumps' })
  if (last) await untilLetters(last.server, all.length, 20_000)
  await last?.server.stop()
  const found = await booked(place)
  return { wrong: notOnce(all, day, found), written: found.letters.length }
}

/** The clock is set forward over the hour while it serves, as when a machine is woken. */
export async function jumpOverTheHour(folder: string, aheadMs: number) {
  const all = readers(5)
  const place = await placeWith(folder, all, before(10 * aDay))
  const served = await servedAt(place, { folder, at: before(5 * aMinute), how: 'jumps' })
  if (!served) return null
  served.clock.set(before(5 * aMinute - aheadMs))
  const tookMs = await untilLetters(served.server, all.length, 70_000)
  await served.server.stop()
  const found = await booked(place)
  const causes = found.letters
    .filter(({ id }) => id.includes(day))
    .map(({ content }) => (content as { cause: string }).cause)
  return { tookMs, wrong: notOnce(all, day, found), isToldLate: causes.every((cause) => cause === 'stood still') }
}

/** The clock is set back after the hour, by so much each time. */
export async function jumpBack(folder: string, backMs: readonly number[]) {
  const all = readers(5)
  const place = await placeWith(folder, all, before(10 * aDay))
  const served = await servedAt(place, { folder, at: after(2_000), how: 'jumps' })
  if (!served) return null
  await untilLetters(served.server, all.length, 20_000)
  for (const ms of backMs) {
    served.clock.set(new Date(served.clock.now().getTime() - ms))
    await pause(63_000) // it strikes at least once more
  }
  await served.server.stop()
  const found = await booked(place)
  return { wrong: notOnce(all, day, found), written: found.letters.length, wanted: all.length }
}

/** Stopped after one morning's, started three days later. */
export async function downForDays(folder: string) {
  const all = readers(5)
  const place = await placeWith(folder, all, before(10 * aDay))
  for (const at of [after(1_000), after(3 * aDay + 3 * 60 * aMinute)]) {
    const served = await servedAt(place, { folder, at, how: 'jumps' })
    if (!served) return null
    await untilLetters(served.server, at > after(aDay) ? 2 * all.length : all.length, 20_000)
    await served.server.stop()
  }
  const found = await booked(place)
  const of = (date: string) =>
    found.runs.filter(({ localDate, outcome }) => localDate === date && outcome === 'skipped')
  const skipped = [addDays(day, 1), addDays(day, 2)].flatMap(of)
  const isSaid = skipped.length === 2 * all.length && skipped.every(({ why }) => why === 'down')
  return { wrong: notOnce(all, addDays(day, 3), found), isSaid, written: found.letters.length, wanted: 2 * all.length }
}

/** Two at once on one record, at the hour. */
export async function twoAtTheHour(folder: string, trials: number) {
  const all = readers(5)
  const place = await placeWith(folder, all, before(10 * aDay))
  const tally = { refused: 0, wrong: [] as string[] }
  for (let trial = 0; trial < trials; trial++) {
    const at = after(trial * aDay + 500)
    const served = await servedAt(place, { folder, at, how: 'jumps' })
    if (!served) return null
    const code = await run(['serve'], { ...place, PORT: '0', MUSTER_ZONE: 'Europe/Berlin', ...served.clock.env })
    if (code === 75) tally.refused += 1
    await untilLetters(served.server, all.length * (trial + 1), 20_000)
    await served.server.stop()
  }
  const found = await booked(place)
  for (let trial = 0; trial < trials; trial++) tally.wrong.push(...notOnce(all, addDays(day, trial), found))
  return tally
}

/** The loop is held for so long over the hour. Milliseconds from the hour until it was written down; null = it was not. */
export async function blockedAtTheHour(folder: string, holdMs: number) {
  const all = readers(5)
  const place = await placeWith(folder, all, before(10 * aDay))
  const program = ['--import', await holding(folder, holdMs), ...asBundled]
  const served = await servedAt(place, { folder, at: before(8_000), how: 'jumps', program })
  if (!served) return null
  await untilLetters(served.server, all.length, 80_000)
  await served.server.stop()
  const found = await booked(place)
  const mine = found.runs.filter(({ localDate }) => localDate === day)
  const lateMs = Math.max(...mine.map(({ at, dueAt }) => at.getTime() - dueAt.getTime()))
  return { wrong: notOnce(all, day, found), lateMs: mine.length === 0 ? null : lateMs }
}

/** A module that holds the loop for so long, from a second before the hour on. */
export async function holding(folder: string, holdMs: number): Promise<string> {
  const path = join(folder, 'holding.mjs')
  const [from, to] = [before(1_000).getTime(), before(1_000 - holdMs).getTime()]
  const hold = `if (Date.now() < ${from}) return\n clearInterval(held)\n while (Date.now() < ${to});`
  await writeFile(path, `const held = setInterval(() => { ${hold} }, 50)\n`)
  return pathToFileURL(path).href
}

/** No mail server takes them: what the house says of it a quarter of an hour later. */
export async function nobodyTakesThem(folder: string) {
  const all = readers(5)
  const place = await placeWith(folder, all, before(10 * aDay))
  const env = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'muster@example.org' }
  for (const at of [after(1_000), after(17 * aMinute)]) {
    const served = await servedAt(place, { folder, at, how: 'jumps', env })
    if (!served) return null
    await untilLetters(served.server, all.length, 20_000)
    const ask = (path: string) => asked(`${served.server.address}${path}`)
    const [ready, agenda, metrics] = [await ask('/readyz'), await ask('/api/v1/agenda'), await ask('/metrics')]
    await served.server.stop()
    if (at > after(aMinute))
      return {
        ready: /letters are not accepted/.test(ready),
        agenda: /"kind":"undelivered"/.test(agenda),
        metrics: new RegExp(`^muster_letters_undelivered ${all.length}$`, 'm').test(metrics),
      }
  }
  return null
}

/** The nights on which clocks change in six zones, each walked from slot to slot: a quarter of an hour each, 00:00 to 03:45. */
export const switches: readonly { zone: string; date: string }[] = [
  { zone: 'America/New_York', date: '2026-03-08' },
  { zone: 'Europe/Berlin', date: '2026-03-29' },
  { zone: 'Europe/London', date: '2026-03-29' },
  { zone: 'Australia/Sydney', date: '2026-04-05' },
  { zone: 'Australia/Lord_Howe', date: '2026-04-05' },
  { zone: 'Africa/Cairo', date: '2026-04-24' },
  { zone: 'Australia/Sydney', date: '2026-10-04' },
  { zone: 'Australia/Lord_Howe', date: '2026-10-04' },
  { zone: 'Europe/Berlin', date: '2026-10-25' },
  { zone: 'Europe/London', date: '2026-10-25' },
  { zone: 'Africa/Cairo', date: '2026-10-30' },
  { zone: 'America/New_York', date: '2026-11-01' },
]
const quarters = Array.from({ length: 16 }, (_, n) => ({ hour: Math.floor(n / 4), minute: (n % 4) * 15 }))

export async function walkTheNight(folder: string, { zone, date }: { zone: string; date: string }) {
  const all = quarters.map(({ hour, minute }, n) => ({ person: `p${n}@example.com`, zone, time: timeOf(hour, minute) }))
  const dates = [addDays(date, -1), date, addDays(date, 1)]
  const steps = [...new Set(dates.flatMap((one) => quarters.map((at) => slotOn(one, { ...at, zone }).getTime())))].sort(
    (a, b) => a - b,
  )
  const since = new Date((steps[0] ?? 0) - 60 * aMinute)
  const place = await placeWith(folder, all, since)
  const served = await servedAt(place, { folder, at: since, how: 'passes' })
  if (!served) return null
  const worst = { ms: 0 }
  for (const [step, at] of steps.entries()) {
    served.clock.set(new Date(at - 250))
    const wanted = dates.flatMap((one) =>
      quarters.filter((quarter) => slotOn(one, { ...quarter, zone }).getTime() <= at),
    ).length
    const took = await untilLetters(served.server, wanted, 10_000)
    worst.ms = Math.max(worst.ms, took ?? 10_000)
    if (took === null) console.error(`${zone} ${date}: step ${step}`)
  }
  await served.server.stop()
  const found = await booked(place)
  const wrong = dates.flatMap((one) => notOnce(all, one, found))
  const strange = found.runs.filter(({ localDate, dueAt }) => dayOf(dueAt, zone) !== localDate)
  return {
    tried: dates.length * all.length,
    wrong: [...wrong, ...strange.map(({ person }) => person)],
    worstMs: worst.ms,
  }
}

function timeOf(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
