import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setImmediate as breathe } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { openLine, type Wire } from '../../src/web/line.ts'

/** Takes all it is given, or nothing; keeps what it took. */
function aWire({ takes = true } = {}) {
  const taken: string[] = []
  const wire = {
    writableLength: 0,
    isCut: false as boolean,
    write(bytes: Uint8Array) {
      taken.push(Buffer.from(bytes).toString())
      if (!takes) wire.writableLength += bytes.length
    },
    destroy() {
      wire.isCut = true
    },
  } satisfies Wire & { isCut: boolean }
  return { wire, taken, text: () => taken.join('') }
}

/** What a browser makes of it: the events, and the id it would come back with. */
function heardIn(text: string): { events: string[]; last: string } {
  const frames = text
    .split('\n\n')
    .map((frame) => Object.fromEntries(frame.split('\n').map((line) => line.split(': '))))
  return {
    events: frames.flatMap(({ event, id }) => (event && id ? [`${id} ${event}`] : [])),
    last: frames.findLast(({ id }) => id)?.id ?? '',
  }
}

test('whoever listens hears what is said, each with an id of its own', () => {
  const line = openLine('run')
  const { wire, text } = aWire()
  line.join({ wire, since: '', day: '' })

  line.say('morning', '2026-11-23')
  line.say('screen', '2026-11-23')

  expect(heardIn(text()).events).toEqual(['run.0 here', 'run.1 morning', 'run.2 screen'])
})

test('the same bytes go to everybody', () => {
  const line = openLine('run')
  const sent: Uint8Array[] = []
  for (const _ of [1, 2, 3])
    line.join({
      wire: { writableLength: 0, write: (bytes) => sent.push(bytes), destroy: () => undefined },
      since: '',
      day: '',
    })
  sent.length = 0

  line.say('morning', '2026-11-23')

  expect(sent).toHaveLength(3)
  expect(new Set(sent).size).toBe(1)
})

test('only who listens to that meeting hears of it', () => {
  const line = openLine('run')
  const [monday, tuesday] = [aWire(), aWire()]
  line.join({ wire: monday.wire, since: '', day: '2026-11-23' })
  line.join({ wire: tuesday.wire, since: '', day: '2026-11-24' })

  line.say('screen', '2026-11-24')

  expect(monday.text()).not.toContain('screen')
  expect(tuesday.text()).toContain('screen')
})

test('a reader who does not read is dropped, and no more is kept for it', () => {
  const line = openLine('run')
  const [slow, quick] = [aWire({ takes: false }), aWire()]
  line.join({ wire: slow.wire, since: '', day: '' })
  line.join({ wire: quick.wire, since: '', day: '' })

  for (let count = 0; count < 2_000; count++) line.say('morning', '2026-11-23')

  expect(slow.wire.isCut).toBe(true)
  expect(slow.wire.writableLength).toBeLessThan(70_000)
  expect(heardIn(quick.text()).events).toHaveLength(2_001)
})

test('with a line that waits for nobody but keeps what was not read, memory would grow: the bound bites', () => {
  const hoarder = aWire({ takes: false })
  const patient = { ...hoarder.wire, writableLength: 0, write: hoarder.wire.write }
  const line = openLine('run')
  line.join({ wire: patient, since: '', day: '' })

  for (let count = 0; count < 2_000; count++) line.say('morning', '2026-11-23')

  expect(hoarder.wire.writableLength).toBeGreaterThan(100_000)
})

/** Sockets of this machine, both ends of each: whoever comes in is joined to the line. */
async function overSockets(line: ReturnType<typeof openLine>) {
  const ends: Socket[] = []
  const server = createServer((socket) => {
    ends.push(socket.on('error', () => undefined))
    socket.once('close', line.join({ wire: socket, since: '', day: '' }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    line.close()
    for (const end of ends) end.destroy()
    server.close()
    await once(server, 'close')
  })
  const { port } = server.address() as AddressInfo
  return {
    wires: ends,
    async comeIn() {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined)
      onTestFinished(() => void socket.destroy())
      await once(socket, 'connect')
      return socket
    },
  }
}

test('twenty sockets that never read are hung up on before they cost memory; one that reads hears each word', async () => {
  const line = openLine('run')
  const { wires, comeIn } = await overSockets(line)
  const ear = await comeIn()
  const heard = { bytes: 0 }
  ear.on('data', (bytes) => Object.assign(heard, { bytes: heard.bytes + bytes.length }))
  const deaf = await Promise.all(Array.from({ length: 20 }, comeIn))
  for (const socket of deaf) socket.pause()
  while (wires.length < 21) await breathe()
  const kept = () => wires.reduce((sum, { writableLength, destroyed }) => sum + (destroyed ? 0 : writableLength), 0)
  const told = { words: 0, most: 0 }

  const weighty = 'x'.repeat(32 * 1024) // fills what the kernel keeps for each of them in fewer words
  while (line.listeners() > 1 && told.words < 20_000) {
    const before = heard.bytes
    line.say('morning', weighty)
    told.words += 1
    told.most = Math.max(told.most, kept())
    while (heard.bytes < before + weighty.length && !ear.destroyed) await breathe()
  }

  expect(wires.filter(({ destroyed }) => destroyed)).toHaveLength(20)
  expect(told.most).toBeLessThan(21 * (64 + 33) * 1024)
  expect(kept()).toBe(0)
  expect(line.listeners()).toBe(1)
})

type Act = { kind: 'say' } | { kind: 'cut'; at: number } | { kind: 'restart' }
const acts = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Act>({ kind: 'say' }) },
    { weight: 3, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((at): Act => ({ kind: 'cut', at })) },
    { weight: 1, arbitrary: fc.constant<Act>({ kind: 'restart' }) },
  ),
  { maxLength: 700 },
)

test('wherever a reader is cut off, it hears each change at last, or that all may have changed', () => {
  const cuts = Number(process.env.CUTS ?? 150)
  fc.assert(
    fc.property(acts, (acts) => {
      const reader = { last: 'run1.0', known: 0, ear: aWire() }
      const now = { line: openLine('run1'), runs: 1, said: 0, before: 0 }
      const join = () => {
        reader.ear = aWire()
        now.line.join({ wire: reader.ear.wire, since: reader.last, day: '' })
      }
      const hear = (text: string) => {
        for (const word of heardIn(text.slice(0, text.lastIndexOf('\n\n'))).events) {
          const [id = '', event] = word.split(' ')
          if (event === 'morning') reader.known = now.before + Number(id.split('.')[1])
          reader.last = id
        }
      }
      join()
      for (const act of acts) {
        if (act.kind === 'say') {
          now.line.say('morning', 'day')
          now.said += 1
          continue
        }
        const text = reader.ear.text()
        hear(act.kind === 'cut' ? text.slice(0, act.at * text.length) : text)
        if (act.kind === 'restart') {
          now.before = now.said
          now.runs += 1
          now.line = openLine(`run${now.runs}`)
        }
        join()
      }
      hear(reader.ear.text())
      join()
      hear(reader.ear.text())

      expect(reader.known).toBe(now.said)
    }),
    { numRuns: cuts },
  )
})
