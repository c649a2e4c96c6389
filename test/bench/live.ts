import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { emptyFolder } from './folders.ts'
import { atMost, type Figure, percentile } from './table.ts'

const rounds = 20

/** From a commit to the last byte at each of many listeners, against a bare Node writer in the same run. */
export async function listening(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [listeners, bar] of [
    [1_000, 40],
    [5_000, 150],
  ] as const) {
    const ours = await toldTo('house', listeners)
    const theirs = await toldTo('bare', listeners)
    const [p50, bare50] = [percentile(ours.spans, 50), percentile(theirs.spans, 50)]
    figures.push(
      atMost(`live: commit to ${listeners} listeners, p90`, percentile(ours.spans, 90), bar, 'ms'),
      atMost(
        `live: ${listeners} listeners against a bare writer, p50 (${p50.toFixed(1)} to ${bare50.toFixed(1)} ms)`,
        p50 / bare50,
        2,
        'times',
      ),
      atMost(`live: memory of each of ${listeners} listeners`, ours.kibibytes, 25, 'KiB'),
    )
  }
  return figures
}

interface Told {
  spans: number[] // ms, one for each listener and round
  kibibytes: number
}

async function toldTo(kind: 'house' | 'bare', listeners: number): Promise<Told> {
  const server = fork('test/bench/live-server.ts', [kind, await emptyFolder(), `${listeners}`], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  })
  const sockets: Socket[] = []
  try {
    const port = await heard(server, 'port')
    const before = await memoryOf(server)
    const ears = { heardAt: [] as number[] }
    for (let opened = 0; opened < listeners; opened += 100) {
      const some = Array.from({ length: 100 }, () => anEar(port, ears))
      sockets.push(...some)
      await Promise.all(some.map((socket) => once(socket, 'data')))
    }
    await pause(1_500)
    const kibibytes = ((await memoryOf(server)) - before) / 1024 / listeners
    const first = heard(server, 'at')
    server.send('say') // the first word after a silence only tells that something changed
    await first // a message that nobody takes waits for the next who asks
    await pause(1_500)
    const spans: number[] = []
    for (let round = -3; round < rounds; round++) {
      ears.heardAt = []
      const said = heard(server, 'at')
      server.send('say')
      const at = await said
      for (let waited = 0; ears.heardAt.length < listeners && waited < 5_000; waited += 5) await pause(5)
      if (ears.heardAt.length < listeners) throw new Error(`${ears.heardAt.length} of ${listeners} heard it`)
      if (round >= 0) spans.push(...ears.heardAt.map((instant) => instant - at))
      await pause(400)
    }
    return { spans, kibibytes }
  } finally {
    for (const socket of sockets) socket.destroy()
    server.kill()
    await once(server, 'exit')
  }
}

function anEar(port: number, ears: { heardAt: number[] }): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(`GET /live HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\naccept: text/event-stream\r\n\r\n`)
  socket.on('data', (bytes) => {
    if (bytes.includes('event: screen')) ears.heardAt.push(Number(process.hrtime.bigint()) / 1e6)
  })
  return socket
}

async function heard(server: ChildProcess, word: 'port' | 'at' | 'memory'): Promise<number> {
  for (;;) {
    const [told]: Record<string, number>[] = await once(server, 'message')
    const found = told?.[word]
    if (found !== undefined) return found
  }
}

function memoryOf(server: ChildProcess): Promise<number> {
  const told = heard(server, 'memory')
  server.send('memory')
  return told
}
