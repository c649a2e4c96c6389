import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type Limits, OutgoingError, openOutgoing } from '../src/outgoing.ts'
import { minutesAgo, morning } from './support/morning.ts'

/** A listener on loopback that knows how often it was asked. */
async function aCanary(answer: RequestListener = (_, response) => response.end('tweet'), host = '127.0.0.1') {
  const hits: string[] = []
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`)
    answer(request, response)
  })
  server.listen(0, host)
  await once(server, 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { hits, port: (server.address() as AddressInfo).port }
}

function asking(given: Partial<Limits> = {}) {
  const outgoing = openOutgoing({ allow: [], ...given })
  return (url: string, at = morning) =>
    outgoing.ask({ url }, at).then(
      ({ status, body }) => `${status} ${body}`,
      (error) => (error instanceof OutgoingError ? error.why : `not ours: ${error}`),
    )
}
const standsFor =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

// However loopback and the other places of one's own are written.
const forms = [
  '127.0.0.1 127.1 127.0.1 127.000.000.001 0177.0.0.1 0177.1 0x7f.0.0.1 0x7f.1 0x7f000001 2130706433 017700000001',
  '127.255.255.254 127.0.0.2 0 0.0.0.0 0x0 00.0 LOCALHOST localhost 127.0.0.1. １２７.０.０.１ ①②⑦.⓪.⓪.①',
  '[::1] [0:0:0:0:0:0:0:1] [0000::0001] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::FFFF:7F00:0001] [0:0:0:0:0:ffff:127.0.0.1]',
  '[::127.0.0.1] [::7f00:1] [64:ff9b::7f00:1] [64:ff9b::127.0.0.1] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2001:0:1:2:3:4:80ff:fffe]',
  '[fe80::1] [fc00::1] [fd12:3456::1] [fec0::1] [ff02::1] [::ffff:0:7f00:1] [100::1] [2001:db8::1]',
  '10.0.0.1 172.16.0.1 172.31.255.254 192.168.0.1 192.168.1.254 169.254.169.254 169.254.0.1 0xa9fea9fe 2852039166 [::ffff:a9fe:a9fe]',
  '100.64.0.1 198.18.0.1 192.0.0.192 192.0.2.1 198.51.100.1 203.0.113.1 224.0.0.1 255.255.255.255 240.0.0.1 0xA000001 012.0.0.1',
].flatMap((line) => line.split(' '))

test(`not one of ${forms.length} ways to write an address of one's own is asked`, async () => {
  const [four, six] = [await aCanary(), await aCanary(undefined, '::1')]
  const ask = asking()

  for (const form of forms)
    for (const { port } of [four, six])
      expect([form, await ask(`http://${form}:${port}/secret`)]).toEqual([form, 'refused'])

  expect([...four.hits, ...six.hits]).toEqual([])
})

test('the same canary sings where its network is allowed: the test could fail', async () => {
  const { hits, port } = await aCanary()

  expect(await asking({ allow: ['127.0.0.0/8'] })(`http://127.1:${port}/metrics`)).toBe('200 tweet')
  expect(hits).toEqual(['GET /metrics'])
})

test.each([
  ['file:///etc/passwd'],
  ['ftp://example.com/'],
  ['gopher://example.com/'],
  ['data:text/plain,hello'],
  ['http://user:word@example.com/'],
  ['http://'],
  ['//example.com'],
  ['not an address'],
  ['http://[::1'],
])('nothing but a plain web address is asked: %s', async (url) => {
  expect(await asking()(url)).toBe('refused')
})

test.each([
  ['a name of one’s own', standsFor('127.0.0.1')],
  ['a .local name', standsFor('192.168.1.20')],
  ['the metadata of a cloud', standsFor('169.254.169.254')],
  ['a name with one address outside and one inside', standsFor('93.184.215.14', '127.0.0.1')],
  ['a name with one address inside and one outside', standsFor('127.0.0.1', '93.184.215.14')],
  ['an address inside, written as one outside', standsFor('::ffff:127.0.0.1')],
  ['a translated address', standsFor('64:ff9b::7f00:1')],
])('every address that a name stands for is looked at: %s', async (_, resolve) => {
  const { hits, port } = await aCanary()

  expect(await asking({ resolve })(`http://prometheus.example:${port}/`)).toBe('refused')
  expect(hits).toEqual([])
})

test('a name that turns inward between two questions is asked at the address that was looked at', async () => {
  const { hits, port } = await aCanary()
  const turns = [['127.0.0.1'], ['10.9.9.9']]
  const resolve = async () => (turns.shift() ?? ['127.0.0.1']).map((address) => ({ address, family: 4 }))
  const ask = asking({ allow: ['127.0.0.1/32'], resolve })

  expect(await ask(`http://rebound.example:${port}/first`)).toBe('200 tweet')
  expect(await ask(`http://rebound.example:${port}/second`)).toBe('refused')
  expect(await ask(`http://rebound.example:${port}/third`)).toBe('200 tweet')
  expect(hits).toEqual(['GET /first', 'GET /third'])
})

const here = { allow: ['127.0.0.0/8'] }

test.each([301, 302, 303, 307, 308])('a redirect is not followed: %i', async (status) => {
  const canary = await aCanary()
  const { port } = await aCanary((_, answer) => {
    answer.writeHead(status, { location: `http://127.0.0.1:${canary.port}/inside` }).end()
  })

  expect(await asking(here)(`http://127.0.0.1:${port}/`)).toBe('unanswered')
  expect(canary.hits).toEqual([])
})

test('who never answers is not waited for', async () => {
  const silent = await aCanary(() => undefined)
  const slow = await aCanary((_, answer) => {
    answer.write('a')
    const drip = setInterval(() => answer.write('a'), 20)
    onTestFinished(() => clearInterval(drip))
  })
  const ask = asking({ ...here, patienceMs: 150 })

  expect(await ask(`http://127.0.0.1:${silent.port}/`)).toBe('unanswered')
  expect(await ask(`http://127.0.0.1:${slow.port}/`)).toBe('unanswered')
})

test('an answer without end is cut off, compressed or not', async () => {
  const { port } = await aCanary((_, answer) => {
    const pour = () => {
      while (answer.writable && answer.write(Buffer.alloc(65_536)));
    }
    answer.on('drain', pour)
    pour()
  })

  expect(await asking({ ...here, mostBytes: 1024 * 1024 })(`http://127.0.0.1:${port}/`)).toBe('unanswered')
})

test('a host that failed three times rests for a minute; then one may try', async () => {
  const state = { status: 500 }
  const { hits, port } = await aCanary((_, answer) => answer.writeHead(state.status).end('x'))
  const ask = asking(here)
  const url = `http://127.0.0.1:${port}/`

  for (const minutes of [9, 8, 7]) expect(await ask(url, minutesAgo(minutes))).toBe('500 x')
  expect(await ask(url, minutesAgo(6.5))).toBe('resting')
  expect(await Promise.all([ask(url, minutesAgo(6)), ask(url, minutesAgo(6))])).toEqual(['500 x', 'resting'])
  expect(await ask(url, minutesAgo(5.5))).toBe('resting')
  expect(hits).toHaveLength(4)

  state.status = 200
  expect(await ask(url, minutesAgo(4))).toBe('200 x')
  expect(await ask(url, minutesAgo(4))).toBe('200 x')
})

test('one host’s rest is not another’s, and a refusal is nobody’s failure', async () => {
  const [dead, well] = [await aCanary((_, answer) => answer.writeHead(503).end()), await aCanary()]
  const ask = asking(here)

  for (let times = 0; times < 4; times++) await ask(`http://127.0.0.1:${dead.port}/`)
  for (let times = 0; times < 4; times++) expect(await ask('http://10.0.0.1/')).toBe('refused')

  expect(await ask(`http://127.0.0.1:${dead.port}/`)).toBe('resting')
  expect(await ask(`http://127.0.0.1:${well.port}/`)).toBe('200 tweet')
})
