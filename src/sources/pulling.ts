import type { Outgoing } from '../outgoing.ts'
import type { Db } from '../record/db.ts'
import { ingested } from '../record/deliveries.ts'
import { RecordUnavailableError, unwrapped } from '../record/faults.ts'
import { listPulls, noteRound, openOfSource, type Pull } from '../record/pulls.ts'
import { recordFacts } from '../record/record-facts.ts'
import { unseal } from '../record/sealing.ts'
import { noteWords } from '../record/source-words.ts'
import { inPortions } from '../record/telling.ts'
import { match } from './matching.ts'
import { type Fetched, type Puller, PullFault } from './pulls/puller.ts'
import { pullerNamed } from './pulls/pullers.ts'
import { readerOf } from './readers.ts'

export interface Pulling {
  outgoing: Outgoing
  key: Uint8Array | null // MUSTER_KEY, which seals the tokens
  zone: string
  now: Date
}

const mostAtOnce = 4
const mostRequests = 24
const mostFailures = 3
const restMs = 60_000

/**
 * Asks every source that is due, a few at a time. What a round told and where the next one begins are written in one
 * transaction, so a kill anywhere loses nothing and doubles nothing. A source that failed three times rests for a minute; its
 * faults are kept for /sources and stop nobody else. @returns how many were asked.
 */
export async function pullDue(db: Db, pulling: Pulling): Promise<number> {
  const due = (await listPulls(db)).filter((pull) => isDue(pull, pulling.now))
  for (const some of inPortions(due, mostAtOnce)) await Promise.all(some.map((pull) => round(db, pull, pulling)))
  return due.length
}

// After a fault it is asked again within a minute, however rarely it is asked otherwise.
function isDue({ triedAt, everyMs, openUntil, failures }: Pull, now: Date): boolean {
  if (openUntil !== null && openUntil > now) return false
  const wait = failures > 0 ? Math.min(everyMs, restMs) : everyMs
  return triedAt === null || triedAt.getTime() + wait <= now.getTime()
}

async function round(db: Db, pull: Pull, pulling: Pulling): Promise<void> {
  const puller = pullerNamed(pull.kind)
  try {
    if (!puller) throw new PullFault(`nothing here asks a ${pull.kind}`)
    const fetched = await puller.fetch(await askingFor(db, pull, { ...pulling, puller }))
    await keep(db, pull, { ...fetched, puller, now: pulling.now })
  } catch (error) {
    if (unwrapped(error) instanceof RecordUnavailableError) throw error
    await db.batch([noteRound(db, pull.source, failed(pull, error, pulling.now))])
  }
}

async function askingFor(db: Db, pull: Pull, { outgoing, key, zone, now, puller }: Pulling & { puller: Puller }) {
  const options = puller.options.safeParse(pull.options)
  if (!options.success) throw new PullFault(`its options do not fit any more: ${options.error.issues[0]?.message}`)
  const token = tokenOf(pull, key)
  const base = new URL(pull.url.endsWith('/') ? pull.url : `${pull.url}/`)
  const asked = { count: 0 }
  return {
    source: pull.source,
    options: options.data,
    cursor: pull.cursor,
    now,
    zone,
    token,
    open: await openOfSource(db, pull.source),
    async get(path: string, headers: Record<string, string> = {}) {
      asked.count += 1
      if (asked.count > mostRequests) throw new PullFault(`more than ${mostRequests} requests in one round`)
      const url = new URL(path, base)
      if (url.origin !== base.origin) throw new PullFault('the tool leads to another host, which is not asked')
      const { status, body } = await outgoing.ask(
        { url: url.href, headers: { accept: 'application/json', ...headers } },
        now,
      )
      return jsonOf(status, body)
    },
  }
}

function tokenOf({ source, token }: Pull, key: Uint8Array | null): string | null {
  if (token === null) return null
  const opened = key && unseal(key, token, tokenPurpose(source))
  if (!opened) throw new PullFault('its token cannot be opened with this MUSTER_KEY: give it again')
  return opened
}

export function tokenPurpose(source: string): string {
  return `pull ${source}`
}

function jsonOf(status: number, body: Buffer): unknown {
  const text = body.toString('utf8')
  if (status === 401 || status === 403)
    throw new PullFault(`it answers ${status}: the token is wrong, or may not see this`)
  if (status < 200 || status > 299) throw new PullFault(`it answers ${status}: ${saidIn(text)}`)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new PullFault(`it does not answer JSON: ${saidIn(text)}`, { cause })
  }
}

function saidIn(text: string): string {
  const error = /"(?:error|message|detail)"\s*:\s*"((?:[^"\\]|\\.){1,300})"/.exec(text)?.[1]
  return (error ?? text.replace(/\s+/g, ' ').trim()).slice(0, 200) || 'nothing'
}

async function keep(
  db: Db,
  pull: Pull,
  { facts, cursor, more = false, puller, now }: Fetched & { puller: Puller; now: Date },
): Promise<void> {
  const { matches, rank } = await readerOf(db, pull.source, puller.kind)
  const { facts: ours, heard } = match(facts, matches)
  const told = { recordedAt: now, source: pull.source, origin: 'tool', class: puller.class, rank } as const
  const well = { triedAt: more ? null : now, asOf: now, cursor, failures: 0, openUntil: null, fault: null }
  await recordFacts(db, ours, told, [
    ...ingested(db, [], { at: now, heard: [{ source: pull.source, class: puller.class, at: now }] }),
    ...noteWords(db, pull.source, { heard, at: now }),
    noteRound(db, pull.source, well),
  ])
}

function failed({ failures }: Pull, error: unknown, now: Date): Partial<Pull> {
  const fault = error instanceof Error ? error.message : String(error)
  const isResting = failures + 1 >= mostFailures
  return {
    triedAt: now,
    failures: failures + 1,
    fault: fault.slice(0, 500),
    openUntil: isResting ? new Date(now.getTime() + restMs) : null,
  }
}
