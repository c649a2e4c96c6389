import { randomBytes } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Db } from '../record/db.ts'
import { type KeptDelivery, keepDeliveries, type NewSource, tooBig } from '../record/deliveries.ts'
import { listSources } from '../record/sources.ts'
import { adapterFor } from './registry.ts'
import type { Delivery } from './source.ts'

/** What a tool handed in. `fault`: why it is not even worth reading; it is kept all the same, to be seen. */
export type Arrival = Omit<Delivery, 'id'> & { fault?: string }

/** The most one delivery may weigh; more is answered 413 and only its beginning is kept. */
export const deliveryCap = 2 * 1024 * 1024
// Bodies not yet on the disk. Beyond this the sender is asked to come again: it does, and memory stays bounded.
const mostHeld = 32 * deliveryCap
const mostInOneCommit = 500

interface Line {
  arrived: { kept: KeptDelivery; stored: () => void; failed: (error: unknown) => void }[]
  committing: boolean
  held: number
  names: Set<string> | null // sources that have their row; null = not asked yet
  tag: string // tells this process's ids from those of another that knew the same instant
  last: { at: number; number: number }
}

const lines = new WeakMap<Db, Line>()

/**
 * Keeps a raw delivery before anything is made of it. When the promise resolves it is on the disk; all that arrive within
 * one turn of the event loop share a commit. Throws RecordUnavailableError when nothing was kept: the sender should retry.
 * @returns its id, which sorts by arrival.
 */
export function keep(db: Db, { source, receivedAt, contentType, body, fault }: Arrival): Promise<string> {
  const line = lineOf(db)
  const id = nextId(line, receivedAt)
  const kept = { id, source, receivedAt, contentType, body: Buffer.from(body.buffer, body.byteOffset, body.byteLength) }
  return new Promise((resolve, reject) => {
    line.arrived.push({
      kept: fault === undefined ? kept : { ...kept, fault },
      stored: () => resolve(id),
      failed: reject,
    })
    if (!line.committing) commit(db, line)
  })
}

/** Keeps the beginning of what was too big, so that somebody sees it at /sources. `size` in bytes, null = unknown. */
export function keepStub(db: Db, arrival: Arrival, size: number | null): Promise<string> {
  const weight = size === null ? `more than ${deliveryCap} bytes` : `${size} bytes`
  const fault = `${tooBig}: ${weight}, at most ${deliveryCap} are taken; have the tool send less at a time (Alertmanager: max_alerts)`
  return keep(db, { ...arrival, body: arrival.body.subarray(0, 4096), fault })
}

/** Room in memory for a body on its way in. undefined = none at present; else call it when the body is kept or lost. */
export function holdRoom(db: Db, bytes: number): (() => void) | undefined {
  const line = lineOf(db)
  if (line.held + bytes > mostHeld) return undefined
  line.held += bytes
  return () => {
    line.held -= bytes
  }
}

/** Whether deliveries are waiting for their acknowledgement. */
export function isKeeping(db: Db): boolean {
  return lineOf(db).committing
}

async function commit(db: Db, line: Line): Promise<void> {
  line.committing = true
  while (line.arrived.length > 0) {
    await turn()
    const together = line.arrived.splice(0, mostInOneCommit)
    const kept = together.map((arrival) => arrival.kept)
    try {
      const heard = await newlyHeard(db, line, kept)
      await keepDeliveries(db, kept, heard)
      for (const { name } of heard) line.names?.add(name)
      for (const { stored } of together) stored()
    } catch (error) {
      for (const { failed } of together) failed(error)
    }
  }
  line.committing = false
}

async function newlyHeard(db: Db, line: Line, kept: readonly KeptDelivery[]): Promise<NewSource[]> {
  line.names ??= new Set((await listSources(db)).map(({ name }) => name))
  const unknown = kept.filter(({ source }) => !line.names?.has(source))
  return [...new Map(unknown.map(({ source, receivedAt }) => [source, asSource(source, receivedAt)])).values()]
}

function asSource(name: string, recordedAt: Date): NewSource {
  const adapter = adapterFor(name)
  return { name, adapter: adapter?.adapter ?? 'unknown', class: adapter?.class ?? 'automated', recordedAt }
}

function lineOf(db: Db): Line {
  const known = lines.get(db)
  if (known) return known
  const tag = randomBytes(4).toString('hex')
  const line: Line = { arrived: [], committing: false, held: 0, names: null, tag, last: { at: 0, number: 0 } }
  lines.set(db, line)
  return line
}

// Never goes back, even when the clock does: who came later sorts later.
function nextId(line: Line, receivedAt: Date): string {
  const at = Math.max(line.last.at, receivedAt.getTime())
  line.last = { at, number: at === line.last.at ? line.last.number + 1 : 0 }
  return `${padded(at, 9)}-${padded(line.last.number, 5)}-${line.tag}`
}

function padded(number: number, width: number): string {
  return number.toString(36).padStart(width, '0')
}
