import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { expect, test } from 'vitest'
import { queueDigests } from '../../src/post/digests.ts'
import { daysAgo, hoursAgo, rhythm } from '../support/morning.ts'
import { incident, tell } from '../web/asking.ts'
import { openOffice, openPostHouse, subscribe } from './post-house.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'der' },
})

test('a letter is signed so that who receives it can check it, its two headers of unsubscribing included', async () => {
  const raw = await oneSigned()
  const { signed, verdict } = await checked(raw)

  expect(verdict).toBe('pass')
  expect(signed).toEqual(
    expect.arrayContaining([
      'from',
      'to',
      'subject',
      'date',
      'message-id',
      'list-unsubscribe',
      'list-unsubscribe-post',
    ]),
  )
})

test('control: with another word in it, or another place for its one click, it is signed no more', async () => {
  const raw = await oneSigned()
  const forged = [
    raw.replace(/search broke/g, 'search broken'),
    raw.replace('/u/', '/v/'),
    raw.replace('List-Unsubscribe=One-Click', 'List-Unsubscribe=Two'),
  ]

  expect(forged).not.toContain(raw)
  for (const letter of forged) expect((await checked(letter)).verdict).not.toBe('pass')
})

async function oneSigned(): Promise<string> {
  const { smtpUrl, raw } = await openPostHouse()
  const dkim = { domain: 'example.org', selector: 'muster', privateKey }
  const { db, send } = await openOffice(smtpUrl, { dkim })
  await tell(db, [incident('search', hoursAgo(5), { severity: 'sev2', title: 'search broke: größer' })])
  await subscribe(db, 'Ana', { changedAt: daysAgo(3) })
  await queueDigests(db, { rhythm, startedAt: daysAgo(5) }, hoursAgo(2))
  await send()
  return raw[0] ?? ''
}

/** As a receiver's checker does it, with the key that stands under selector._domainkey.domain. */
async function checked(raw: string) {
  const record = `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`
  const resolver = async (name: string, type: string) => {
    if (name !== 'muster._domainkey.example.org' || type !== 'TXT')
      throw new Error(`nobody should ask for ${type} ${name}`)
    return [[record]]
  }
  const { results } = await dkimVerify(Buffer.from(raw, 'latin1'), { resolver })
  const [, signed = ''] = /^DKIM-Signature:[\s\S]*?\bh=([^;]*);/im.exec(raw) ?? []
  return { verdict: results[0]?.status.result, signed: signed.replace(/\s/g, '').toLowerCase().split(':') }
}
