import { request } from 'node:http'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { expect, onTestFinished, test } from 'vitest'
import { CannotListenError, listen } from '../src/listen.ts'

const here = { host: '127.0.0.1', port: 0 }

async function aServer(app: Hono) {
  const listening = await listen(app, here)
  onTestFinished(() => listening.stop(0))
  return listening
}

function get(port: number, path: string, headers: Record<string, string> = {}): Promise<string> {
  return new Promise((answered, failed) => {
    request({ host: here.host, port, path, headers }, (response) => {
      const chunks: string[] = []
      response.setEncoding('utf8').on('data', (chunk) => chunks.push(chunk))
      response.on('close', () => answered(chunks.join('')))
    })
      .on('error', failed)
      .end()
  })
}

test('a port that is taken is refused with what to do', async () => {
  const { port } = await aServer(new Hono())

  const second = listen(new Hono(), { ...here, port })
  await expect(second).rejects.toThrow(CannotListenError)
  await expect(second).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use by another program`)
})

test('what is being asked is answered before the server stops', async () => {
  const app = new Hono().get('/slow', async (c) => {
    await new Promise((soon) => setTimeout(soon, 150))
    return c.text('answered')
  })
  const { port, stop } = await aServer(app)

  const answer = get(port, '/slow')
  await new Promise((soon) => setTimeout(soon, 50))
  await stop(5_000)

  expect(await answer).toBe('answered')
})

test('a live stream and an idle connection do not hold the server', async () => {
  const app = new Hono().get(
    '/live',
    () => new Response(new ReadableStream({ start: (s) => s.enqueue(new TextEncoder().encode('event: a\n\n')) })),
  )
  const { port, stop } = await aServer(app)
  const stream = get(port, '/live', { accept: 'text/event-stream' }).catch(() => 'cut')
  const idle = connect(port, here.host)
  await new Promise((soon) => idle.once('connect', soon))
  await new Promise((soon) => setTimeout(soon, 50))

  await stop(60_000)

  expect(await stream).toBeDefined()
})

test('headers beyond sixteen kilobytes are refused', async () => {
  const { port } = await aServer(new Hono().get('/', (c) => c.text('in')))

  expect(await get(port, '/', { 'x-long': 'x'.repeat(15_000) })).toBe('in')
  expect(await get(port, '/', { 'x-long': 'x'.repeat(17_000) })).not.toBe('in')
})
