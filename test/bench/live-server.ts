import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from '../../src/app.tsx'
import { meetingDayOf } from '../../src/calendar.ts'
import { type Listening, listen } from '../../src/listen.ts'
import { openRecord } from '../../src/record/db.ts'
import { meetingIdOf, noteInMeeting } from '../../src/record/meeting-events.ts'
import { rhythm } from '../support/morning.ts'
import { settingsIn } from '../support/settings.ts'

// Tells as many as listen, each time its parent asks: the house, or a bare Node server with frames of the same size.
// It says the instant of each commit (of the bare one: of each word) to its parent, and its own memory when asked.
// usage: live-server.ts house|bare FOLDER LISTENERS
const [kind, folder = '', listeners = '0'] = process.argv.slice(2)
const now = () => Number(process.hrtime.bigint()) / 1e6 // the machine's own count: each process has its own wall clock
const say = kind === 'house' ? await house() : await bare()
process.on('message', async (asked: 'say' | 'memory') => {
  if (asked === 'say') return say()
  global.gc?.()
  process.send?.({ memory: process.memoryUsage().rss })
})

async function house(): Promise<() => void> {
  const settings = settingsIn(folder, { rhythm })
  const clock = () => new Date()
  const db = await openRecord(settings, { now: new Date(0), onFatal: () => process.exit(1) })
  const listening: Listening = await listen(createApp({ db, settings, now: clock }), {
    host: '127.0.0.1',
    port: 0,
    mostConnections: Number(listeners) + 100,
  })
  process.send?.({ port: listening.port })
  const meetingId = await meetingIdOf(db, meetingDayOf(clock(), rhythm))
  db.onWrite(() => process.send?.({ at: now() }))
  const told = { count: 0 }
  return () => {
    told.count += 1
    void noteInMeeting(db, meetingId, { kind: 'screen', value: `screen ${told.count}`, by: 'ana', at: clock() })
  }
}

async function bare(): Promise<() => void> {
  const open = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
    open.add(response)
    request.socket.setNoDelay(true)
    response.on('close', () => open.delete(response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.send?.({ port: (server.address() as AddressInfo).port })
  return () => {
    process.send?.({ at: now() })
    const frame = 'id: 0123456789ab.17\nevent: screen\ndata: {"day":"2026-11-23"}\n\n'
    for (const response of open) response.write(frame)
  }
}
