import { createHmac, createSign, generateKeyPairSync } from 'node:crypto'
import type { Evidence, Scheme } from '../../src/sources/signatures.ts'
import { morning } from '../support/morning.ts'

/** A delivery as a tool would sign it, apart, so that a test can change any piece of it. */
export interface Signed {
  scheme: Scheme
  secret: string
  headers: Record<string, string>
  token: string | null
  body: Buffer
}

const now = Math.floor(morning.getTime() / 1000)
const secret = 'a secret of sufficient length'
const whsec = `whsec_${Buffer.from('32 bytes, kept by the two of us.').toString('base64')}`
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
/** What a certificate is used for. */
export const snsKey = publicKey.export({ type: 'spki', format: 'pem' }).toString()

/** As each tool signs, written from its documents and not from our code. `at`: seconds it says it was signed at. */
export function signedBy(scheme: Scheme, body: Buffer, at = now): Signed {
  const plain = { scheme, secret, headers: {}, token: null, body }
  const hex = hexOf(secret, body)
  switch (scheme) {
    case 'pagerduty':
      return { ...plain, headers: { 'x-pagerduty-signature': `v1=${'0'.repeat(64)},v1=${hex}` } }
    case 'github':
      return { ...plain, headers: { 'x-hub-signature-256': `sha256=${hex}` } }
    case 'jira':
      return { ...plain, headers: { 'x-hub-signature': `sha256=${hex}` } }
    case 'sentry':
      return { ...plain, headers: { 'sentry-hook-signature': hex } }
    case 'firehydrant':
      return { ...plain, headers: { 'fh-signature': hex } }
    case 'rootly':
      return { ...plain, headers: { 'x-rootly-signature': `t=${at},v1=${hexOf(secret, String(at), body)}` } }
    case 'grafana':
      return {
        ...plain,
        headers: {
          'x-grafana-alerting-timestamp': String(at),
          'x-grafana-alerting-signature': hexOf(secret, `${at}:`, body),
        },
      }
    case 'slack':
      return {
        ...plain,
        headers: {
          'x-slack-request-timestamp': String(at),
          'x-slack-signature': `v0=${hexOf(secret, `v0:${at}:`, body)}`,
        },
      }
    case 'standard':
    case 'gitlab':
      return { ...plain, secret: whsec, headers: standardHeaders(body, at) }
    case 'bearer':
      return { ...plain, headers: { authorization: `Bearer ${secret}` } }
    case 'address':
      return { ...plain, token: secret }
    case 'sns':
      return { ...plain, secret: snsKey, body: signedMessage(body) }
  }
}

export function evidenceOf({ headers, token, body }: Signed, at = morning): Evidence {
  return { header: (name) => (Object.hasOwn(headers, name) ? headers[name] : undefined), token, body, at }
}

export function hexOf(key: string, ...parts: (string | Buffer)[]): string {
  return createHmac('sha256', key)
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest('hex')
}

function standardHeaders(body: Buffer, at: number): Record<string, string> {
  const id = 'msg_2b'
  const key = Buffer.from(whsec.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${'A'.repeat(43)}= v1,${signature}`,
  }
}

function signedMessage(inner: Buffer): Buffer {
  const message = {
    Type: 'Notification',
    MessageId: 'm-1',
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:alarms',
    Message: inner.toString('latin1'),
    Timestamp: morning.toISOString(),
  }
  const names = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'] as const
  const text = names.map((name) => `${name}\n${message[name]}\n`).join('')
  const Signature = createSign('RSA-SHA256').update(text).sign(privateKey, 'base64')
  return Buffer.from(JSON.stringify({ ...message, SignatureVersion: '2', Signature }))
}
