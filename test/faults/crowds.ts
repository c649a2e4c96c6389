import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { aDay } from '../../src/calendar.ts'
import { seedHistory, seedWindow } from '../bench/seed.ts'
import { asBundled, type Server, startServer } from '../support/server.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import { deliveredIn } from './lost-machine.ts'
import {
  atPace,
  deliver,
  look,
  noStrain,
  openFiles,
  percentile,
  residentMb,
  sizeMb,
  slopeOf,
  submit,
} from './strain.ts'

export interface Peak {
  asked: number
  faults: number
  p95Ms: number
  p99Ms: number
}

/** Managers check in one after the other, the wall shows the morning, tools deliver, on a record of a year. */
export async function morningPeak(managers: number): Promise<Peak> {
  return inTempFolder(async (folder) => {
    const env = placesIn(folder)
    await aYear(env.MUSTER_DATA)
    const server = await startServer(['serve'], env)
    const strain = noStrain()
    const forMs = managers * 1_500
    await Promise.all([
      atPace({ perSecond: 1000 / 1500, forMs }, async (n) => {
        await look(server, '/check-in', strain)
        await submit(server, '/check-in/taps', { kind: 'raise', text: `Manager ${n} has a question` }, strain)
      }),
      atPace({ perSecond: 1, forMs }, () => look(server, '/', strain)),
      atPace({ perSecond: 20, forMs }, (n) => deliver(server, `peak-${n}`, strain)),
    ])
    await server.stop()
    const { spans, faults } = strain
    return { asked: spans.length, faults, p95Ms: percentile(spans, 95), p99Ms: percentile(spans, 99) }
  })
}

export interface Storm {
  acknowledged: number
  lost: number
  pagesP95Ms: number
  turnP99Ms: number // of the answer that needs nothing: how long the loop let it wait
  peakMb: number
  code: number | null
}
const stormPerSecond = 10_000 / 60

/** Deliveries by the thousand, while somebody looks at the morning. `heapMb`: all that the program may have. */
export async function alarmStorm(deliveries: number, heapMb?: number): Promise<Storm> {
  return inTempFolder(async (folder) => {
    const env = placesIn(folder)
    const program = heapMb === undefined ? asBundled : [`--max-old-space-size=${heapMb}`, ...asBundled]
    const server = await startServer(['serve'], env, program)
    const [sent, pages, turns] = [noStrain(), noStrain(), noStrain()]
    const peak = { mb: 0 }
    const forMs = (deliveries / stormPerSecond) * 1000
    await Promise.all([
      atPace({ perSecond: stormPerSecond, forMs }, (n) => deliver(server, `storm-${n}`, sent)),
      atPace({ perSecond: 4, forMs }, () => look(server, '/', pages)),
      atPace({ perSecond: 20, forMs }, async () => {
        await look(server, '/healthz', turns)
        peak.mb = Math.max(peak.mb, residentOrGone(server))
      }),
    ])
    const code = await server.stop()
    const there = await deliveredIn(env.MUSTER_DATA)
    return {
      acknowledged: sent.acks.size,
      lost: [...sent.acks].filter((id) => !there.has(id)).length,
      pagesP95Ms: percentile(pages.spans, 95),
      turnP99Ms: percentile(turns.spans, 99),
      peakMb: peak.mb,
      code,
    }
  })
}

export interface Soak {
  minutes: number
  heapMbAnHour: number
  files: [number, number] // open at the first look and at the last
  walMb: number
  faults: number
}

/** Mixed load for so long, the heap read after each collection. `leaking`: with a module that forgets nothing. */
export async function soak(minutes: number, leaking = false): Promise<Soak> {
  return inTempFolder(async (folder) => {
    const env = placesIn(folder)
    const server = await startServer(['serve'], env, await telling(folder, leaking))
    const strain = noStrain()
    const forMs = minutes * 60_000
    const points: [number, number][] = []
    const seen = { first: 0, last: 0, walMb: 0 }
    const watch = async () => {
      const everyMs = Math.max(1_000, forMs / 60)
      for (let at = everyMs; at <= forMs; at += everyMs) {
        await pause(everyMs)
        points.push([at / 3_600_000, await heapMb(server, folder)])
        seen.last = openFiles(server.pid)
        if (at > forMs / 3 && seen.first === 0) seen.first = seen.last
        seen.walMb = Math.max(seen.walMb, sizeMb(join(env.MUSTER_DATA, 'muster.db-wal')))
      }
    }
    await Promise.all([
      watch(),
      atPace({ perSecond: 5, forMs }, (n) => deliver(server, `soak-${n % 2_000}`, strain)),
      atPace({ perSecond: 2, forMs }, (n) => look(server, pages[n % pages.length] ?? '/', strain)),
    ])
    await server.stop()
    const settled = points.slice(Math.floor(points.length / 3)) // what is kept once is kept by then
    const files: [number, number] = [seen.first, seen.last]
    return { minutes, heapMbAnHour: slopeOf(settled), files, walMb: seen.walMb, faults: strain.faults }
  })
}

const pages = ['/', '/incidents', '/check-in', '/exposures', '/sources', '/history', '/api/v1/agenda']

function placesIn(folder: string) {
  return { MUSTER_DATA: join(folder, 'data'), MUSTER_BACKUP: join(folder, 'backup') }
}

async function aYear(folder: string): Promise<void> {
  const db = await openHere(folder)
  const now = Date.now()
  await seedHistory(db, { rows: 50_000, before: new Date(now - aDay) }, () => undefined)
  await seedWindow(db, { from: new Date(now - aDay), to: new Date(now) })
  await db.close()
}

function residentOrGone({ pid }: Server): number {
  try {
    return residentMb(pid)
  } catch {
    return 0
  }
}

/** What `npm start` runs, with a module that writes down its heap after a collection when asked by a signal. */
async function telling(folder: string, leaking: boolean): Promise<string[]> {
  const teller = join(folder, 'teller.mjs')
  const leak = `const kept = []; setInterval(() => kept.push(new Array(2_000).fill(Math.random())), 20).unref()\n`
  const tell = `import { writeFileSync, renameSync } from 'node:fs'
process.on('SIGUSR2', () => { gc(); writeFileSync('${folder}/heap.part', String(process.memoryUsage().heapUsed)); renameSync('${folder}/heap.part', '${folder}/heap') })\n`
  await writeFile(teller, leaking ? tell + leak : tell)
  return ['--expose-gc', '--import', pathToFileURL(teller).href, ...asBundled]
}

async function heapMb({ pid }: Server, folder: string): Promise<number> {
  process.kill(pid, 'SIGUSR2')
  await pause(300)
  return Number(await readFile(join(folder, 'heap'), 'utf8')) / 1024 / 1024
}
