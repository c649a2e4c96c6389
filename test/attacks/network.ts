import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'
import { emptyFolder, serverOn } from '../bench/folders.ts'
import { atMost, type Figure, percentile } from '../bench/table.ts'

/** N1: a thousand who begin a request and never end it, while somebody reads. */
export async function slowClients(): Promise<Figure[]> {
  const server = await serverOn(await emptyFolder())
  const port = Number(new URL(server.address).port)
  const slow = Array.from({ length: 1000 }, () => dribble(port))
  await pause(1_000)
  const took: number[] = []
  for (let asked = 0; asked < 100; asked++) {
    const begun = performance.now()
    await (await fetch(server.address)).arrayBuffer()
    took.push(performance.now() - begun)
    await pause(20)
  }
  const held = await Promise.all(slow.map(({ heldMs }) => heldMs))
  await server.stop()
  return [
    atMost('N1 a page while 1,000 slow clients hold on, p95', percentile(took, 95), 500, 'ms'),
    atMost('N1 the longest a slow client holds on', Math.max(...held) / 1000, 15, 's'),
  ]
}

function dribble(port: number): { heldMs: Promise<number> } {
  const begun = performance.now()
  const socket: Socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n'))
  const drip = setInterval(() => socket.writable && socket.write('x: y\r\n'), 1_000)
  socket.on('error', () => undefined).resume()
  const heldMs = new Promise<number>((told) =>
    socket.once('close', () => {
      clearInterval(drip)
      told(performance.now() - begun)
    }),
  )
  return { heldMs }
}

/** N2: five hundred who search at once, while a tool delivers. */
export async function flood(): Promise<Figure[]> {
  const server = await serverOn(await emptyFolder())
  const load = autocannon({ url: `${server.address}/api/v1/incidents?search=x`, connections: 500, duration: 5 })
  const answers: number[] = []
  for (let sent = 0; sent < 40; sent++) {
    const body = JSON.stringify({ version: '4', alerts: [] })
    answers.push((await fetch(`${server.address}/sources/alertmanager`, { method: 'POST', body })).status)
    await pause(50)
  }
  await load
  await server.stop()
  return [
    atMost('N2 deliveries not taken while 500 search', answers.filter((status) => status !== 202).length, 0, 'of 40'),
  ]
}
