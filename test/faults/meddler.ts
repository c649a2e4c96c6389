import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'

// Somebody else's program that takes the write lock of our file for a moment, again and again, while told to.
// usage: meddler.ts FOLDER; it reads 'begin' and 'end', says 'tried' each time, and 'ended' once it has let go.
const url = pathToFileURL(`${process.argv[2]}/muster.db`).href
const round = { on: false, end: Promise.resolve() }
for await (const line of createInterface({ input: process.stdin })) {
  round.on = line === 'begin'
  if (round.on) round.end = meddle()
  else await round.end
  if (!round.on) letGo()
}

// The driver keeps what it closed, lock and all, until it is collected.
function letGo(): void {
  globalThis.gc?.()
  process.stdout.write('ended\n')
}

async function meddle(): Promise<void> {
  while (round.on) {
    const client = createClient({ url, concurrency: 1 })
    try {
      const held = await client.transaction('write')
      await pause(20)
      await held.rollback()
    } catch {
      // The record keeps its lock to itself: that is the point.
    }
    client.close()
    process.stdout.write('tried\n')
    await pause(30)
  }
}
