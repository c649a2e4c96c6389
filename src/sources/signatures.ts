import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { isSignedBySns } from './sns-signature.ts'

/** How a tool proves that a delivery is its own. What to choose for which tool: README.md beside this file. */
export const schemes = [
  'pagerduty',
  'github',
  'gitlab',
  'grafana',
  'jira',
  'sentry',
  'rootly',
  'firehydrant',
  'slack',
  'standard',
  'sns',
  'bearer',
  'address',
] as const
export type Scheme = (typeof schemes)[number]

export interface Secret {
  scheme: Scheme
  secret: string
}
/** What came with a delivery, before anything is believed of it. `body`: the very bytes that were signed. */
export interface Evidence {
  header(name: string): string | undefined
  token: string | null // in the address
  body: Uint8Array
  at: Date
}

/** A signature that tells its own time counts for this long, before and after; inclusive. */
const toleranceSeconds = 300
// More signatures than anybody rotates through: a header may not make us hash all day.
const mostSignatures = 16

/** Whether one of the secrets made the proof. All of them are tried each time, each in constant time. */
export function isAuthentic(secrets: readonly Secret[], evidence: Evidence): boolean {
  return secrets.filter(({ scheme, secret }) => proofs[scheme](secret, evidence)).length > 0
}

type Proof = (secret: string, evidence: Evidence) => boolean

const proofs: Record<Scheme, Proof> = {
  pagerduty: (secret, { header, body }) =>
    holds(signaturesIn(header('x-pagerduty-signature'), ',', 'v1='), secret, [body]),
  github: (secret, { header, body }) =>
    holds(signaturesIn(header('x-hub-signature-256'), ',', 'sha256='), secret, [body]),
  jira: (secret, { header, body }) => holds(signaturesIn(header('x-hub-signature'), ',', 'sha256='), secret, [body]),
  gitlab: (secret, evidence) =>
    secret.startsWith('whsec_') ? standard(secret, evidence) : isSame(evidence.header('x-gitlab-token'), secret),
  grafana,
  sentry: (secret, { header, body }) => holds([header('sentry-hook-signature') ?? ''], secret, [body]),
  rootly,
  firehydrant: (secret, { header, body }) => holds([header('fh-signature') ?? ''], secret, [body]),
  slack,
  standard,
  sns: (certificate, { body }) => isSignedBySns(certificate, body),
  bearer: (secret, { header }) => tokensIn(header).filter((token) => isSame(token, secret)).length > 0,
  address: (secret, { token }) => isSame(token ?? undefined, secret),
}

// Grafana signs 'timestamp:body' where a timestamp header is configured, else the body alone.
function grafana(secret: string, { header, body, at }: Evidence): boolean {
  const timestamp = header('x-grafana-alerting-timestamp')
  const signed = timestamp === undefined ? [body] : [`${timestamp}:`, body]
  return (
    holds([header('x-grafana-alerting-signature') ?? ''], secret, signed) &&
    (timestamp === undefined || isFresh(timestamp, at))
  )
}

// 't=seconds,v1=hex' over the seconds and the body, with nothing between.
function rootly(secret: string, { header, body, at }: Evidence): boolean {
  const said = header('x-rootly-signature')
  const [timestamp = ''] = signaturesIn(said, ',', 't=')
  return holds(signaturesIn(said, ',', 'v1='), secret, [timestamp, body]) && isFresh(timestamp, at)
}

function slack(secret: string, { header, body, at }: Evidence): boolean {
  const timestamp = header('x-slack-request-timestamp') ?? ''
  const told = signaturesIn(header('x-slack-signature'), ',', 'v0=')
  return holds(told, secret, [`v0:${timestamp}:`, body]) && isFresh(timestamp, at)
}

/** Standard Webhooks: 'id.timestamp.body', several signatures apart by spaces, a secret 'whsec_' and base64. */
function standard(secret: string, { header, body, at }: Evidence): boolean {
  const said = (name: string) => header(`webhook-${name}`) ?? header(`svix-${name}`) ?? ''
  const timestamp = said('timestamp')
  const signed = [`${said('id')}.${timestamp}.`, body]
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const told = signaturesIn(said('signature'), ' ', 'v1,')
  return holds(told, key, signed, 'base64') && said('id') !== '' && isFresh(timestamp, at)
}

function isFresh(timestamp: string, at: Date): boolean {
  return (
    /^\d{1,12}$/.test(timestamp) && Math.abs(Math.floor(at.getTime() / 1000) - Number(timestamp)) <= toleranceSeconds
  )
}

function signaturesIn(header: string | undefined, separator: string, version: string): string[] {
  const parts = (header ?? '').split(separator, mostSignatures).map((part) => part.trim())
  return parts.filter((part) => part.startsWith(version)).map((part) => part.slice(version.length))
}

/** A shared word, wherever tools can be told to put one: a bearer, a key of their own, or the password of basic. */
function tokensIn(header: Evidence['header']): string[] {
  const [, kind = '', word = ''] = /^(\S+) +(\S.*)$/.exec(header('authorization') ?? '') ?? []
  const basic = kind.toLowerCase() === 'basic' ? Buffer.from(word, 'base64').toString('utf8') : ''
  const told = [basic ? basic.slice(basic.indexOf(':') + 1) : word, header('x-api-key'), header('x-auth-token')]
  return told.filter((token) => token !== undefined && token !== '') as string[]
}

type Signed = readonly (string | Uint8Array)[]

/** Whether one of the signatures is the one that this key makes of what was signed: as its text, spelt as the tool spells it. */
function holds(
  told: readonly string[],
  key: string | Uint8Array,
  signed: Signed,
  spelt: 'hex' | 'base64' = 'hex',
): boolean {
  const hmac = createHmac('sha256', key)
  for (const part of signed) hmac.update(part)
  const right = Buffer.from(hmac.digest(spelt))
  const candidates = told.map((text) => Buffer.from(text)).filter((text) => text.length === right.length)
  return candidates.filter((text) => timingSafeEqual(text, right)).length > 0
}

// Digests are compared, so that not even the length of the secret is told by the time it takes.
function isSame(told: string | undefined, secret: string): boolean {
  return timingSafeEqual(digest(told ?? ''), digest(secret)) && told !== undefined
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
