import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createApp } from '../../src/app.tsx'
import { openOutgoing } from '../../src/outgoing.ts'
import { listPulls, savePull } from '../../src/record/pulls.ts'
import { registerSource } from '../../src/record/sources.ts'
import { pullDue } from '../../src/sources/pulling.ts'
import { settingsIn } from '../support/settings.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import type { Outcome } from './table.ts'

const nine = new Date('2026-11-23T08:00:00Z')
const minute = (n: number) => new Date(nine.getTime() + n * 60_000)

/** Ways in which a tool's API goes wrong; the first never answers. */
const ways: readonly RequestListener[] = [
  () => undefined,
  (_, answer) => void answer.writeHead(500).end('{"message":"not today"}'),
  (_, answer) => void answer.writeHead(200).end('<html>a login page'),
  (_, answer) => void answer.writeHead(200).write('{"incidents":['),
  (_, answer) => void answer.socket?.destroy(),
]

/** Tools that are asked go wrong, each in its way, while somebody looks at the agenda; after three faults they rest for a minute. */
export async function hangingTools(times: number): Promise<Outcome> {
  return inTempFolder(async (folder) => {
    const settings = settingsIn(folder, { backupFolder: join(folder, 'backup') })
    const db = await openHere(folder)
    const app = createApp({ db, settings, now: () => minute(4) })
    const asked = new Map<string, number>()
    const ends: (() => void)[] = []
    for (let n = 0; n < times; n++) {
      const server = createServer((request, answer) => {
        asked.set(`tool-${n}`, (asked.get(`tool-${n}`) ?? 0) + 1)
        ways[n % ways.length]?.(request, answer)
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      ends.push(() => {
        server.closeAllConnections()
        server.close()
      })
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      await registerSource(db, { name: `tool-${n}`, adapter: 'statuspage', class: 'manual', recordedAt: nine })
      const pull = { source: `tool-${n}`, kind: 'statuspage', url, options: {}, everyMs: 60_000 }
      await savePull(db, { ...pull, recordedAt: nine, by: '' })
    }
    const outgoing = openOutgoing({ allow: ['127.0.0.0/8'], patienceMs: 2_000 })
    const worst = { ms: 0 }
    const look = async () => {
      const begun = performance.now()
      await (await app.request('/')).text()
      worst.ms = Math.max(worst.ms, performance.now() - begun)
    }
    await look()
    worst.ms = 0 // the first page of a program is made from nothing
    for (const at of [0, 1, 2, 2.5, 3.1]) {
      const round = pullDue(db, { outgoing, key: null, zone: 'UTC', now: minute(at) })
      for (let looks = 0; looks < 5; looks++) await look()
      await round
    }
    const rested = (await listPulls(db)).filter(({ failures, fault }) => failures === 4 && fault !== null)
    const listed = await (await app.request('/sources')).text()
    for (const end of ends) end()
    await db.close()
    const askedRightly = [...asked.values()].filter((count) => count === 4).length // at 0, 1, 2; not at 2.5; again at 3.1
    const isSaid = rested.every(({ source }) => listed.includes(source))
    const asMeant = rested.length === times && askedRightly === times && isSaid && worst.ms < 1_000
    const lost = `${times - rested.length} without a word, ${times - askedRightly} asked too often`
    return { tried: times, survived: rested.length, lost, worstMs: worst.ms, asMeant }
  })
}
