import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { type BlockList, isIP, type LookupFunction } from 'node:net'
import { forbiddenIn, networksIn } from './networks.ts'

/** What this house asks of another: the only way out. */
export interface Outgoing {
  /** Throws OutgoingError; whatever was answered, even 500, is an answer. */
  ask(asked: Asked, now: Date): Promise<Answer>
}
export interface Asked {
  url: string
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string | Uint8Array
}
export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}
/**
 * Why nothing was answered. refused: it may not be asked, and nothing was sent. unanswered: it could not be reached, or did not
 * answer as it should. resting: it failed three times, and is left in peace for a minute.
 */
export class OutgoingError extends Error {
  override name = 'OutgoingError'
  readonly why: 'refused' | 'unanswered' | 'resting'
  constructor(why: OutgoingError['why'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}

export interface Limits {
  allow: readonly string[] // CIDRs that are ours to ask although they are private
  resolve?: (host: string) => Promise<{ address: string; family: number }[]>
  patienceMs?: number // from the first byte asked to the last answered; 5 s
  mostBytes?: number // of an answer; 1 MiB
}

const restMs = 60_000
const mostFailures = 3

/**
 * Asks by http and https only, never follows a redirect, and looks at every address a name stands for at the moment of
 * connecting: a private, loopback, link-local, multicast or translated one is refused, unless its network was allowed.
 * A host that fails three times in a row rests for a minute; then one request may try.
 */
export function openOutgoing({
  allow,
  resolve = resolveAll,
  patienceMs = 5_000,
  mostBytes = 1024 * 1024,
}: Limits): Outgoing {
  const allowed = networksIn(allow)
  const hosts = new Map<string, { failures: number; restsUntil: number }>()

  return {
    async ask(asked, now) {
      const url = addressOf(asked.url)
      const host = hosts.get(url.host) ?? { failures: 0, restsUntil: 0 }
      if (now.getTime() < host.restsUntil)
        throw new OutgoingError('resting', `${url.host} failed ${mostFailures} times and rests for a minute`)
      if (host.restsUntil > 0) host.restsUntil = now.getTime() + restMs // half open: one tries, the others wait
      hosts.set(url.host, host)

      try {
        const answer = await exchange(url, asked, { lookup: checkedLookup(resolve, allowed), patienceMs, mostBytes })
        const isWell = answer.status < 500 && answer.status !== 429
        Object.assign(host, isWell ? { failures: 0, restsUntil: 0 } : failedOnce(host.failures, now))
        return answer
      } catch (error) {
        const isTheirs = error instanceof OutgoingError && error.why === 'unanswered'
        Object.assign(host, isTheirs ? failedOnce(host.failures, now) : { restsUntil: 0 })
        throw error
      }
    },
  }

  function failedOnce(failures: number, now: Date) {
    return { failures: failures + 1, restsUntil: failures + 1 >= mostFailures ? now.getTime() + restMs : 0 }
  }

  function addressOf(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : null
    if (url === null || !/^https?:$/.test(url.protocol))
      throw new OutgoingError('refused', 'only http and https addresses are asked')
    if (url.username || url.password)
      throw new OutgoingError('refused', 'an address with a name or password in it is not asked: give a token')
    const literal = url.hostname.replace(/^\[(.*)\]$/, '$1')
    if (isIP(literal) > 0) refuseForbidden(literal, allowed)
    return url
  }
}

interface Exchange {
  lookup: LookupFunction
  patienceMs: number
  mostBytes: number
}

function exchange(url: URL, { method = 'GET', headers, body }: Asked, limits: Exchange): Promise<Answer> {
  const request = url.protocol === 'https:' ? tlsRequest : plainRequest
  return new Promise((answered, failed) => {
    const asking = request(url, {
      method,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'muster', ...headers },
      agent: false, // a connection is made, and looked at, for each request
      lookup: limits.lookup,
      signal: AbortSignal.timeout(limits.patienceMs),
    })
    const fail = (error: unknown) => failed(asOutgoing(error, url))
    asking.on('error', fail)
    asking.on('response', (response) => {
      response.on('error', fail)
      if (isRedirect(response)) {
        fail(new OutgoingError('unanswered', `${url.host} leads elsewhere: redirects are not followed`))
        asking.destroy()
        return
      }
      collect(response, limits.mostBytes).then(
        (bytes) => answered({ status: response.statusCode ?? 0, headers: response.headers, body: bytes }),
        (error) => {
          asking.destroy()
          fail(error)
        },
      )
    })
    asking.end(body)
  })
}

function isRedirect({ statusCode = 0, headers }: IncomingMessage): boolean {
  return statusCode >= 300 && statusCode < 400 && headers.location !== undefined
}

async function collect(response: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    if (chunks.reduce((size, { length }) => size + length, 0) > mostBytes)
      throw new OutgoingError('unanswered', `the answer is larger than ${mostBytes} bytes`)
  }
  return Buffer.concat(chunks)
}

function asOutgoing(error: unknown, { host }: URL): OutgoingError {
  if (error instanceof OutgoingError) return error
  const cause = error instanceof Error ? error : new Error(String(error))
  if (cause.cause instanceof OutgoingError) return cause.cause
  const why =
    cause.name === 'TimeoutError' || cause.name === 'AbortError'
      ? 'did not answer in time'
      : `could not be asked: ${cause.message}`
  return new OutgoingError('unanswered', `${host} ${why}`, { cause })
}

// The connection asks here for the addresses it is going to use: what is checked is what is connected to.
function checkedLookup(resolve: NonNullable<Limits['resolve']>, allowed: BlockList): LookupFunction {
  return (host, options, answer) => {
    resolve(host).then(
      (found) => {
        try {
          if (found.length === 0) throw new OutgoingError('unanswered', `${host} stands for no address`)
          for (const { address } of found) refuseForbidden(address, allowed)
        } catch (error) {
          return answer(error as NodeJS.ErrnoException, '')
        }
        const [first] = found
        if (options.all) (answer as unknown as (e: null, all: typeof found) => void)(null, found)
        else answer(null, first?.address ?? '', first?.family)
      },
      (error) => answer(error, ''),
    )
  }
}

function resolveAll(host: string): Promise<{ address: string; family: number }[]> {
  return lookup(host, { all: true })
}

function refuseForbidden(address: string, allowed: BlockList): void {
  const forbidden = forbiddenIn(address, allowed)
  if (forbidden === null) return
  const network = `${forbidden}/${forbidden.includes(':') ? 128 : 32}`
  throw new OutgoingError(
    'refused',
    `${forbidden} lies in a network that is not asked: allow it with MUSTER_ALLOW_NETWORKS=${network}`,
  )
}
