import type { Context } from 'hono'
import { isLoopback } from '../networks.ts'
import { RecordUnavailableError, unwrapped } from '../record/faults.ts'
import { type Admission, admit } from '../sources/admission.ts'
import { type Arrival, deliveryCap, holdRoom, keep, keepStub } from '../sources/arrivals.ts'
import { ingestWaiting } from '../sources/deliveries.ts'
import { isAskedHere } from './askers.ts'
import { type Env, factory } from './house.ts'

/**
 * What tools hand in, to be mounted at /sources. 202 it is stored · 401 it does not come from the tool · 413 it is too big, its
 * beginning is kept · 503 nothing was kept, come again (Retry-After). Nothing else: a tool that is told of a fault of its
 * own stops sending, so whatever it sends is kept and read later. A Prometheus may post straight to /sources/:name/api/v2/alerts.
 * Once a source has a secret, each delivery must prove itself with it, on the bytes as they came, before it is kept.
 */
export const deliveries = factory
  .createApp()
  .post('/:name', receive)
  .post('/:name/', receive)
  .post('/:name/api/:version{v[12]}/alerts', receive)

async function receive(c: Context<Env>): Promise<Response> {
  const from = c.req.header('sec-fetch-site')
  if (from !== undefined && from !== 'same-origin' && from !== 'none')
    return c.text('A browser sent this from another site\n', 401)

  const said = c.req.header('content-length')
  const length = said === undefined ? null : Number(said)
  const room = holdRoom(c.var.db, Math.min(length ?? deliveryCap, deliveryCap))
  if (!room) return comeAgain(c, 'Too much is arriving at once')
  try {
    return await take(c, length)
  } catch (error) {
    if (unwrapped(error) instanceof RecordUnavailableError)
      return comeAgain(c, 'The record cannot be written at present')
    throw error
  } finally {
    room()
  }
}

async function take(c: Context<Env>, length: number | null): Promise<Response> {
  const { db, now } = c.var
  const read = length !== null && length > deliveryCap ? tooBigToRead : await readCapped(c, length)
  if (read === 'broken off') return comeAgain(c, 'The body broke off')

  const arrival = arrivalOf(c, read.body)
  const admission = await admissionOf(c, arrival.source, read.body)
  if (!read.whole) {
    // Of a body that was not read to its end no signature can be checked: that something came is seen, not what.
    const stub = admission === 'open' || admission === 'authentic' ? arrival : { ...arrival, body: new Uint8Array() }
    await keepStub(db, stub, length)
    return c.text(`Too big: at most ${deliveryCap} bytes\n`, 413, { connection: 'close' })
  }
  if (admission === 'sealed') return comeAgain(c, 'The secrets of this source cannot be opened')
  if (admission === 'foreign') return c.text('This does not prove that it comes from this source\n', 401)

  await keep(db, arrival)
  // Not awaited: the tool is answered once it is on the disk. What fails here stays waiting for the next minute.
  ingestWaiting(db, now).catch(() => undefined)
  return c.text('stored\n', 202)
}

async function admissionOf(c: Context<Env>, source: string, body: Uint8Array): Promise<Admission> {
  const { db, now, settings, asker } = c.var
  if (asker.kind === 'token') return 'authentic' // the policy has seen its scope
  const evidence = {
    header: (name: string) => c.req.header(name),
    token: c.req.query('token') ?? null,
    body,
    at: now,
  }
  const admission = await admit(db, { key: settings.key, source, evidence })
  return admission === 'open' && !(isLoopback(settings.host) && isAskedHere(c)) ? 'foreign' : admission
}

function arrivalOf(c: Context<Env>, body: Uint8Array): Arrival {
  const source = (c.req.param('name') ?? '').slice(0, 100)
  const contentType = (c.req.header('content-type') ?? '').slice(0, 100)
  const asked = body.length === 0 ? saidInAddress(c) : ''
  return asked === ''
    ? { source, receivedAt: c.var.now, contentType, body }
    : { source, receivedAt: c.var.now, contentType: 'application/x-www-form-urlencoded', body: Buffer.from(asked) }
}

// Some monitors say all they have to say in the address: it is kept as the form that it is, without the token.
function saidInAddress(c: Context<Env>): string {
  const words = new URLSearchParams(c.req.query())
  words.delete('token')
  return words.toString()
}

interface Read {
  body: Uint8Array
  whole: boolean
}
const tooBigToRead: Read = { body: new Uint8Array(), whole: false }

// With a length the parser itself sees to it that no more arrives; without one (chunked) the bytes are counted here.
async function readCapped(c: Context<Env>, length: number | null): Promise<Read | 'broken off'> {
  try {
    if (length === null) return await readCounting(c.req.raw.body)
    const body = new Uint8Array(await c.req.arrayBuffer())
    return { body, whole: body.length <= deliveryCap }
  } catch {
    return 'broken off'
  }
}

async function readCounting(stream: ReadableStream<Uint8Array> | null): Promise<Read> {
  const chunks: Uint8Array[] = []
  const reader = stream?.getReader()
  for (let size = 0; reader; ) {
    const { value } = await reader.read()
    if (!value) break
    chunks.push(value)
    size += value.length
    // Left unread, not cancelled: cancelling would close the connection before the answer is out.
    if (size > deliveryCap) return { body: Buffer.concat(chunks), whole: false }
  }
  return { body: Buffer.concat(chunks), whole: true }
}

function comeAgain(c: Context<Env>, why: string): Response {
  return c.text(`${why}: nothing was kept, send it again\n`, 503, { 'retry-after': '10' })
}
