import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isDay, isZone, parseInstant, parseRhythm, type Rhythm } from './calendar.ts'
import { type Doors, readDoors } from './config-doors.ts'
import { readDkim } from './config-mail.ts'
import type { Dkim } from './mail.ts'
import { isLoopback, isNetwork } from './networks.ts'

/** The environment, read once and refused if wrong. */
export interface Settings {
  port: number
  host: string
  publicUrl: URL
  folder: string // MUSTER_DATA, absolute
  databaseUrl: string // file: in the folder, or a libSQL server's
  databaseToken: string | null
  backupFolder: string // MUSTER_BACKUP, absolute; best on another disk
  rhythm: Rhythm // MUSTER_MEETING, MUSTER_ZONE, MUSTER_HOLIDAYS
  allowNetworks: string[] // MUSTER_ALLOW_NETWORKS: private networks that may be asked
  smtpUrl: string | null
  mailFrom: string | null
  dkim: Dkim | null // MAIL_DKIM_*: signs letters
  frozenAt: Date | null // MUSTER_NOW
  key: Uint8Array | null // MUSTER_KEY: seals the secrets of sources; null = none can be kept
  doors: Doors
}

export type Environment = Readonly<Record<string, string | undefined>>

/** A variable of the environment says what cannot be. The message names it, its fault and an example; never a secret. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly variable: string
  readonly fault: string
  readonly example: string
  constructor(variable: string, fault: string, example: string) {
    super(`${variable} ${fault}. For example: ${variable}=${example}`)
    this.variable = variable
    this.fault = fault
    this.example = example
  }
}

/** Reads and checks every variable of the contract; paths are resolved against `cwd`. Throws ConfigError at the first wrong one. */
export function readConfig(env: Environment, { cwd, machineZone }: { cwd: string; machineZone: string }): Settings {
  const port = portFrom(said(env, 'PORT') ?? '3000')
  const folder = resolve(cwd, said(env, 'MUSTER_DATA') ?? 'data')
  const frozenAt = frozenFrom(said(env, 'MUSTER_NOW'))
  const smtpUrl = smtpFrom(said(env, 'SMTP_URL'))
  return {
    port,
    host: hostFrom(said(env, 'HOST') ?? '127.0.0.1', frozenAt),
    publicUrl: publicUrlFrom(said(env, 'PUBLIC_URL') ?? `http://localhost:${port}`),
    folder,
    databaseUrl: databaseFrom(said(env, 'MUSTER_DATABASE_URL'), { cwd, folder }),
    databaseToken: said(env, 'MUSTER_DATABASE_TOKEN'),
    backupFolder: resolve(cwd, said(env, 'MUSTER_BACKUP') ?? join(folder, 'backup')),
    rhythm: rhythmFrom(env, machineZone),
    allowNetworks: networksFrom(said(env, 'MUSTER_ALLOW_NETWORKS') ?? ''),
    smtpUrl,
    mailFrom: mailFrom(said(env, 'MAIL_FROM'), smtpUrl),
    dkim: dkimFrom(env),
    frozenAt,
    key: keyFrom(said(env, 'MUSTER_KEY')),
    doors: doorsFrom(env),
  }
}

function doorsFrom(env: Environment): Doors {
  const doors = readDoors((variable) => said(env, variable))
  if ('variable' in doors) throw new ConfigError(doors.variable, doors.fault, doors.example)
  return doors
}

function dkimFrom(env: Environment): Dkim | null {
  const dkim = readDkim((variable) => said(env, variable))
  if (dkim && 'variable' in dkim) throw new ConfigError(dkim.variable, dkim.fault, dkim.example)
  return dkim
}

function said(env: Environment, variable: string): string | null {
  return env[variable]?.trim() || null
}

function portFrom(text: string): number {
  const fits = /^\d{1,5}$/.test(text) && Number(text) <= 65_535
  if (!fits) throw new ConfigError('PORT', `is ${quoted(text)}, not a port from 0 to 65535`, '3000')
  return Number(text)
}

function hostFrom(text: string, frozenAt: Date | null): string {
  const host = text.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host))
    throw new ConfigError('HOST', `is ${quoted(text)}, not an address or a name`, '127.0.0.1')
  if (frozenAt && !isLoopback(host))
    throw new ConfigError('HOST', `is ${quoted(text)}, but MUSTER_NOW freezes the clock: loopback only`, '127.0.0.1')
  return host
}

function publicUrlFrom(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const fault =
    url === null || !/^https?:$/.test(url.protocol)
      ? 'not an http or https address'
      : url.username || url.password
        ? 'with a name or password in it'
        : url.pathname !== '/' || url.search || url.hash
          ? 'with more than a scheme, a host and a port'
          : null
  if (url === null || fault)
    throw new ConfigError('PUBLIC_URL', `is ${quoted(withoutSecrets(text))}, ${fault}`, 'https://muster.example.org')
  return url
}

function databaseFrom(text: string | null, { cwd, folder }: { cwd: string; folder: string }): string {
  if (text === null) return pathToFileURL(join(folder, 'muster.db')).href
  const example = 'libsql://muster.example.org'
  if (/^file:/i.test(text)) {
    const path = text.slice('file:'.length).replace(/^\/\/(?=\/)/, '')
    const isPath = path !== '' && !/^\/\/|[?#]|^:memory:/.test(path)
    if (!isPath)
      throw new ConfigError(
        'MUSTER_DATABASE_URL',
        `is ${quoted(text)}, not the path of a file`,
        'file:./data/muster.db',
      )
    return pathToFileURL(resolve(cwd, decoded(path))).href
  }
  const isServer = /^(libsql|https?):\/\/[^/]/i.test(text) && URL.canParse(text)
  if (!isServer)
    throw new ConfigError(
      'MUSTER_DATABASE_URL',
      `is ${quoted(withoutSecrets(text))}, not a file:, libsql:// or http(s):// address`,
      example,
    )
  if (/^[^/]*\/\/[^/]*@/.test(text))
    throw new ConfigError(
      'MUSTER_DATABASE_URL',
      'holds a name or password: put the token in MUSTER_DATABASE_TOKEN',
      example,
    )
  return text
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function rhythmFrom(env: Environment, machineZone: string): Rhythm {
  const zone = zoneFrom(said(env, 'MUSTER_ZONE') ?? machineZone)
  const holidays = holidaysFrom(said(env, 'MUSTER_HOLIDAYS') ?? '')
  const meeting = said(env, 'MUSTER_MEETING') ?? '09:00 mon-fri'
  return read(() => parseRhythm(meeting, zone, holidays), {
    variable: 'MUSTER_MEETING',
    said: meeting,
    example: '09:00 mon-fri',
  })
}

function zoneFrom(text: string): string {
  if (!isZone(text)) throw new ConfigError('MUSTER_ZONE', `is ${quoted(text)}, not an IANA time zone`, 'Europe/Berlin')
  return text
}

function holidaysFrom(text: string): string[] {
  const days = text
    .split(',')
    .map((day) => day.trim())
    .filter((day) => day !== '')
  const stray = days.find((day) => !isDay(day))
  if (stray !== undefined)
    throw new ConfigError('MUSTER_HOLIDAYS', `holds ${quoted(stray)}, not a day`, '2026-12-25,2026-12-26')
  return days
}

function networksFrom(text: string): string[] {
  const networks = text.split(/[,\s]+/).filter((network) => network !== '')
  const stray = networks.find((network) => !isNetwork(network))
  if (stray !== undefined)
    throw new ConfigError(
      'MUSTER_ALLOW_NETWORKS',
      `holds ${quoted(stray)}, not a network`,
      '10.20.0.0/16,192.168.1.9/32',
    )
  return networks
}

function frozenFrom(text: string | null): Date | null {
  if (text === null) return null
  return read(() => parseInstant(text), { variable: 'MUSTER_NOW', said: text, example: '2026-11-23T08:00:00Z' })
}

function read<T>(parse: () => T, { variable, said, example }: { variable: string; said: string; example: string }): T {
  try {
    return parse()
  } catch (error) {
    const [why] = error instanceof Error ? error.message.split('; write for example') : []
    throw new ConfigError(variable, `is ${quoted(said)}: ${why}`, example)
  }
}

/** 32 bytes, as 64 hex digits or in base64. The example is drawn anew each time: who copies it has a key of their own. */
function keyFrom(text: string | null): Uint8Array | null {
  if (text === null) return null
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  const fits = key.length === 32 && /^[\w+/-]+=*$/.test(text) && new Set(key).size > 8
  if (!fits)
    throw new ConfigError('MUSTER_KEY', 'is not 32 random bytes in base64 or hex', randomBytes(32).toString('base64'))
  return key
}

function smtpFrom(text: string | null): string | null {
  const fits = text === null || (/^smtps?:\/\/[^/]/i.test(text) && URL.canParse(text))
  if (!fits)
    throw new ConfigError('SMTP_URL', 'is not the address of a mail server', 'smtps://user:password@mail.example.org')
  return text
}

function mailFrom(text: string | null, smtpUrl: string | null): string | null {
  const example = 'Muster <muster@example.org>'
  if (text === null && smtpUrl !== null)
    throw new ConfigError('MAIL_FROM', 'is missing although SMTP_URL is set', example)
  const fits = text === null || /^([^<>@\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(text)
  if (!fits) throw new ConfigError('MAIL_FROM', `is ${quoted(text)}, not a mail address`, example)
  return text
}

function quoted(text: string | null): string {
  return JSON.stringify(text !== null && text.length > 80 ? `${text.slice(0, 80)}...` : text)
}

function withoutSecrets(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//...@')
}
