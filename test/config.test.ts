import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, type Environment, readConfig } from '../src/config.ts'

const here = { cwd: '/home/ada/muster', machineZone: 'Europe/Berlin' }

test('nothing said means port 3000 of this machine, a record in ./data and nine o’clock on weekdays', () => {
  const settings = readConfig({}, here)

  expect(settings).toMatchObject({ port: 3000, host: '127.0.0.1', folder: '/home/ada/muster/data', frozenAt: null })
  expect(settings.publicUrl.href).toBe('http://localhost:3000/')
  expect(settings.databaseUrl).toBe('file:///home/ada/muster/data/muster.db')
  expect(settings.rhythm).toEqual({
    hour: 9,
    minute: 0,
    weekdays: new Set([1, 2, 3, 4, 5]),
    zone: 'Europe/Berlin',
    holidays: new Set(),
  })
})

test('an empty variable is as good as none', () => {
  expect(readConfig({ PORT: '', MUSTER_ZONE: ' ', MUSTER_NOW: '' }, here)).toEqual(readConfig({}, here))
})

test('links follow the port when nobody says otherwise', () => {
  expect(readConfig({ PORT: '4000' }, here).publicUrl.port).toBe('4000')
  expect(readConfig({ PORT: '4000', PUBLIC_URL: 'https://muster.example.org' }, here).publicUrl.port).toBe('')
})

test.each([
  ['09:00 mon-fri', 9, 0, [1, 2, 3, 4, 5]],
  ['8:45 mon,wed,fri', 8, 45, [1, 3, 5]],
  ['00:05 sat-mon', 0, 5, [1, 6, 7]],
  ['23:59 Tue-Thu,sun', 23, 59, [2, 3, 4, 7]],
])('the meeting may be at %s', (said, hour, minute, weekdays) => {
  const { rhythm } = readConfig({ MUSTER_MEETING: said }, here)

  expect({ ...rhythm, weekdays: [...rhythm.weekdays].toSorted() }).toMatchObject({ hour, minute, weekdays })
})

test('holidays are days, listed', () => {
  const { rhythm } = readConfig({ MUSTER_HOLIDAYS: '2026-12-25, 2026-12-26' }, here)
  expect(rhythm.holidays).toEqual(new Set(['2026-12-25', '2026-12-26']))
})

test('the clock can be frozen at an instant', () => {
  expect(readConfig({ MUSTER_NOW: '2026-11-23T09:00:00+01:00' }, here).frozenAt).toEqual(
    new Date('2026-11-23T08:00:00Z'),
  )
})

test.each([
  ['file:./elsewhere.db', 'file:///home/ada/muster/elsewhere.db'],
  ['file:/srv/my%20record.db', 'file:///srv/my%20record.db'],
  ['file:///srv/muster.db', 'file:///srv/muster.db'],
  ['libsql://muster.example.org', 'libsql://muster.example.org'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
])('the record may be at %s', (said, url) => {
  expect(readConfig({ MUSTER_DATABASE_URL: said, MUSTER_DATABASE_TOKEN: 'secret' }, here)).toMatchObject({
    databaseUrl: url,
    databaseToken: 'secret',
  })
})

test('a folder may be named from here or from the root', () => {
  expect(readConfig({ MUSTER_DATA: 'records/one' }, here).folder).toBe(join(here.cwd, 'records/one'))
  expect(readConfig({ MUSTER_DATA: '/srv/muster' }, here).folder).toBe('/srv/muster')
})

test.each(['base64', 'base64url', 'hex'] as const)('the key that seals secrets is 32 bytes in %s', (form) => {
  const bytes = Buffer.from(Array.from({ length: 32 }, (_, place) => (place * 7) % 256))

  expect(readConfig({ MUSTER_KEY: bytes.toString(form) }, here).key).toEqual(bytes)
  expect(readConfig({}, here).key).toBeNull()
})

const provider = { OIDC_ISSUER: 'https://login.example', OIDC_CLIENT_ID: 'muster', OIDC_CLIENT_SECRET: 'hush' }

test('any address may be listened on: the house is locked there from its first minute', () => {
  expect(readConfig({ HOST: '0.0.0.0' }, here).host).toBe('0.0.0.0')
})

test('a provider says who people are, a proxy from where they come', () => {
  const { doors } = readConfig(
    { ...provider, MUSTER_ADMIN: 'Ana@Example.com', MUSTER_PROXIES: '10.0.0.5, fd00::/8' },
    here,
  )

  expect(doors).toMatchObject({ firstAdministrator: 'ana@example.com', proxies: ['10.0.0.5', 'fd00::/8'] })
  expect(doors.provider).toMatchObject({ clientId: 'muster', rolesClaim: null, trustsMail: false })
  expect(readConfig({}, here).doors).toEqual({ provider: null, firstAdministrator: null, proxies: [] })
})

describe('a wrong value is refused by name, with its fault and an example that would do', () => {
  const wrong: [string, string, RegExp, Environment?][] = [
    ['PORT', 'http', /not a port/],
    ['PORT', '65536', /not a port/],
    ['PORT', '-1', /not a port/],
    ['HOST', 'all of them', /not an address/],
    ['HOST', '0.0.0.0', /MUSTER_NOW freezes the clock/, { MUSTER_NOW: '2026-11-23T08:00:00Z' }],
    ['MUSTER_ADMIN', 'ana', /not an e-mail/],
    ['MUSTER_PROXIES', '10.0.0.0/33', /neither an address nor a network/],
    ['PUBLIC_URL', 'muster.example.org', /not an http or https/],
    ['PUBLIC_URL', 'https://ada:secret@muster.example.org', /name or password/],
    ['PUBLIC_URL', 'https://example.org/muster', /more than a scheme/],
    ['MUSTER_DATABASE_URL', ':memory:', /not a file:/],
    ['MUSTER_DATABASE_URL', 'file::memory:', /not the path/],
    ['MUSTER_DATABASE_URL', 'file:', /not the path/],
    ['MUSTER_DATABASE_URL', 'file:muster.db?mode=memory', /not the path/],
    ['MUSTER_DATABASE_URL', 'postgres://example.org/muster', /not a file:/],
    ['MUSTER_DATABASE_URL', 'https://ada:secret@example.org', /MUSTER_DATABASE_TOKEN/],
    ['MUSTER_ZONE', 'Europe/Berlim', /not an IANA/],
    ['MUSTER_ZONE', '+02:00', /not an IANA/],
    ['MUSTER_MEETING', '9 o’clock', /cannot read/],
    ['MUSTER_MEETING', '24:00 mon-fri', /there is no 24:00/],
    ['MUSTER_MEETING', '09:00', /cannot read/],
    ['MUSTER_MEETING', '09:00 mon-fry', /not a weekday/],
    ['MUSTER_MEETING', '09:00 mon,,fri', /not a weekday/],
    ['MUSTER_HOLIDAYS', '2026-02-30', /not a day/],
    ['MUSTER_HOLIDAYS', '25.12.2026', /not a day/],
    ['MUSTER_NOW', '2026-11-23', /no offset/],
    ['MUSTER_NOW', '2026-11-23T09:00:00', /no offset/],
    ['MUSTER_NOW', '2026-02-30T09:00:00Z', /is "2026-02-30/],
    ['MUSTER_NOW', '2026-11-23T25:00:00Z', /is "2026-11-23T25/],
    ['SMTP_URL', 'mail.example.org', /not the address/],
    ['MUSTER_KEY', 'secret', /not 32 random bytes/],
    ['MUSTER_KEY', Buffer.alloc(32).toString('base64'), /not 32 random bytes/],
    ['MUSTER_KEY', '0'.repeat(63), /not 32 random bytes/],
    ['MAIL_FROM', 'muster', /not a mail address/],
    ['MAIL_FROM', 'Muster <muster@example.org>\nBcc: eve@example.org', /not a mail address/],
  ]

  test.each(wrong)('%s=%s', (variable, value, fault, further = {}) => {
    const refusal = refusalOf({ ...further, [variable]: value })

    expect(refusal).toMatchObject({ variable, fault: expect.stringMatching(fault) })
    expect(refusal.message).toContain(`For example: ${variable}=`)
    expect(refusal.message).not.toContain('secret')
    expect(() => readConfig({ MAIL_FROM: 'muster@example.org', [variable]: refusal.example }, here)).not.toThrow()
  })

  test.each([
    ['OIDC_CLIENT_SECRET', '', /is missing although/],
    ['OIDC_ISSUER', 'http://login.example', /not an https/],
    ['OIDC_ISSUER', 'https://ada:pw@login.example', /not an https/],
    ['OIDC_TRUST_EMAIL', 'perhaps', /neither yes nor no/],
  ])('a provider with %s=%s', (variable, value, fault) => {
    const refusal = refusalOf({ ...provider, [variable]: value })

    expect(refusal).toMatchObject({ variable, fault: expect.stringMatching(fault) })
    expect(refusal.message).not.toContain('hush')
  })

  test('mail without a sender', () => {
    const refusal = refusalOf({ SMTP_URL: 'smtp://ada:secret@mail.example.org' })

    expect(refusal).toMatchObject({ variable: 'MAIL_FROM', fault: 'is missing although SMTP_URL is set' })
    expect(refusal.message).not.toContain('secret')
  })
})

function refusalOf(env: Environment): ConfigError {
  try {
    readConfig(env, here)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error(`${JSON.stringify(env)} was not refused`)
}
