import { once } from 'node:events'
import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '../../src/listen.ts'
import { hoursAgo } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, submit, tell } from './asking.ts'

async function theHouse() {
  const house = await openApp()
  await tell(house.db, [incident('i1', hoursAgo(3))])
  const listening = await listen(house.app, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => listening.stop(100))
  return { ...house, address: `http://127.0.0.1:${listening.port}/live`, port: listening.port }
}

/** Listens as a browser does. */
async function ear(address: string, headers: Record<string, string> = {}) {
  const request: ClientRequest = get(address, { headers: { accept: 'text/event-stream', ...headers } })
  const [response]: IncomingMessage[] = await once(request, 'response')
  if (!response) throw new Error('no answer')
  const heard: string[] = []
  response.setEncoding('utf8').on('data', (text: string) => heard.push(text))
  response.on('error', () => undefined)
  onTestFinished(() => void request.destroy())
  return { response, text: () => heard.join(''), cut: () => request.destroy() }
}

async function until(holds: () => boolean, withinMs = 30_000): Promise<void> {
  const begun = performance.now()
  while (!holds()) {
    if (performance.now() - begun > withinMs) throw new Error(`not within ${withinMs} ms`)
    await pause(5)
  }
}

test('what changes the morning is told to all who listen', async () => {
  const { app, address } = await theHouse()
  const [wall, phone] = [await ear(address), await ear(address)]
  await until(() => wall.text().includes('event: here') && phone.text().includes('event: here'))

  const told = submit(app, '/incidents/i1/owner', { owner: 'ana@example.com' })
  await until(() => [wall, phone].every((one) => one.text().includes('event: morning')))

  expect((await told).status).toBe(303)
  expect(wall.response.headers['content-type']).toContain('text/event-stream')
  expect(wall.response.headers['cache-control']).toBe('no-store')
})

test('what changes nothing that is shown is not told', async () => {
  const { app, address } = await theHouse()
  const wall = await ear(address)
  await until(() => wall.text().includes('event: here'))
  await submit(app, '/incidents/i1/owner', { owner: 'ana@example.com' })
  await until(() => wall.text().includes('event: morning'))
  const before = wall.text()

  await submit(app, '/incidents/i1/owner', { owner: 'ana@example.com' })
  await pause(600)

  expect(wall.text().replace(before, '')).not.toContain('event: morning')
})

test('who comes back says what was heard last, and hears the rest', async () => {
  const { app, address } = await theHouse()
  const first = await ear(address)
  await until(() => /id: \w+\.\d+/.test(first.text()))
  const last = /id: (\w+\.\d+)/.exec(first.text())?.[1] ?? ''
  first.cut()
  await submit(app, '/incidents/i1/owner', { owner: 'ana@example.com' })
  await pause(300)

  const again = await ear(address, { 'last-event-id': last })
  await until(() => again.text().includes('event: morning'))

  expect(again.text()).toContain(`id: ${last}`)
})

test('who comes back to another run, or from long ago, is told that all may have changed', async () => {
  const { address } = await theHouse()

  const again = await ear(address, { 'last-event-id': 'another.7' })
  await until(() => again.text().includes('event: morning'))

  expect(again.text()).not.toContain('event: here')
})

test('a connection that reads nothing is hung up on; the others hear everything', async () => {
  const { db, address, port } = await theHouse()
  const deaf = connect(port, '127.0.0.1')
  onTestFinished(() => void deaf.destroy())
  deaf.pause()
  deaf.write('GET /live HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n\r\n')
  const wall = await ear(address)
  await until(() => wall.text().includes('event: here'))

  await tell(db, [incident('i2', hoursAgo(1))])

  await until(() => wall.text().includes('event: morning'))
})

test('without a connection of its own it says so', async () => {
  const { app } = await openApp()

  expect((await app.request('/live', { headers: { accept: 'application/json' } })).status).toBe(501)
})
