import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { importRows } from '../../src/commands/import.ts'
import type { Settings } from '../../src/config.ts'
import type { Db } from '../../src/record/db.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import type { Env } from '../../src/web/house.ts'
import { minutesAgo, morning } from '../support/morning.ts'
import { addresses, payload, payloads } from './payloads.ts'

export interface Attacked {
  app: Hono<Env>
  db: Db
  settings: Settings
  folder: string
}
const samples = '../shared/data/webhooks'
const sameSite = { 'sec-fetch-site': 'same-origin' }

/** Every title, by every real entrance: what tools deliver, the API, the forms, a file. How many were taken. */
export async function tellHostile(attacked: Attacked): Promise<{ delivered: number; posted: number }> {
  const delivered = (await deliverAlerts(attacked)) + (await deliverSamples(attacked))
  await ingestWaiting(attacked.db, morning)
  const posted = (await postToApi(attacked)) + (await sayByHand(attacked))
  await importSheet(attacked)
  return { delivered, posted }
}

async function deliverAlerts({ app }: Attacked): Promise<number> {
  const alerts = payloads.map((text, place) => ({
    status: 'firing',
    labels: { alertname: text, service: payload(place + 7), severity: payload(place + 3), site: payload(place + 11) },
    annotations: { summary: text, description: payload(place + 1), runbook_url: addresses[place % addresses.length] },
    startsAt: minutesAgo(place + 1).toISOString(),
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: addresses[(place + 1) % addresses.length],
    fingerprint: place.toString(16).padStart(16, '0'),
  }))
  const group = {
    version: '4',
    status: 'firing',
    groupKey: payload(2),
    groupLabels: {},
    commonLabels: {},
    truncatedAlerts: 0,
  }
  return deliver(app, 'alertmanager', { ...group, receiver: 'x', alerts })
}

/** Each tool's own payload, with a hostile text in place of every text that is no key, word or time. */
async function deliverSamples({ app }: Attacked): Promise<number> {
  if (!existsSync(samples)) return 0
  const files = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  const counter = { next: 0 }
  const answers = files.map((name) => {
    const source = name.split('/')[0]?.replace('aws', 'cloudwatch') ?? ''
    return deliver(app, source, poisoned(JSON.parse(readFileSync(join(samples, name), 'utf8')), counter))
  })
  return (await Promise.all(answers)).reduce((sum, taken) => sum + taken, 0)
}

function poisoned(value: unknown, counter: { next: number }): unknown {
  if (Array.isArray(value)) return value.map((one) => poisoned(one, counter))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner, counter)]))
  if (typeof value !== 'string') return value
  if (/^https?:/.test(value)) return addresses[counter.next++ % addresses.length]
  return / /.test(value) ? payload(counter.next++) : value
}

async function deliver(app: Hono<Env>, source: string, body: unknown): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const answer = await app.request(`/sources/${source}`, { method: 'POST', body: JSON.stringify(body), headers })
  return answer.status === 202 ? 1 : 0
}

async function postToApi({ app }: Attacked): Promise<number> {
  const at = minutesAgo(5).toISOString()
  const each = <Row>(count: number, row: (text: string, place: number) => Row) =>
    Array.from({ length: count }, (_, place) => row(payload(place * 7), place))
  const url = (place: number) => addresses[place % addresses.length]
  const kinds: Record<string, unknown[]> = {
    incidents: each(60, (title, place) => ({
      id: `H${place}`,
      title,
      startedAt: at,
      service: title,
      owner: title,
      team: title,
      site: title,
      severity: 'sev1',
    })),
    'incident-events': payloads.map((value, place) => ({
      incident: 'H0',
      at: minutesAgo(place / 100).toISOString(),
      kind: 'note',
      value,
      by: value,
    })),
    problems: each(30, (title, place) => ({ id: `P${place}`, title, openedAt: at, service: title, owner: title })),
    'problem-events': each(60, (value, place) => ({
      problem: 'P0',
      at: minutesAgo(place / 100).toISOString(),
      kind: 'note',
      value,
      by: value,
    })),
    changes: each(60, (what, place) => ({ id: `C${place}`, at, what, service: what, who: what, kind: what })),
    complaints: each(30, (text, place) => ({ id: `K${place}`, at, text, service: text, class: 'customer' })),
    forecasts: each(30, (what, place) => ({
      id: `F${place}`,
      madeAt: at,
      service: what,
      what,
      dueAt: minutesAgo(-600).toISOString(),
      confidence: what,
    })),
    events: each(30, (title, place) => ({
      id: `E${place}`,
      title,
      from: at,
      to: minutesAgo(-600).toISOString(),
      service: title,
      currency: 'EUR',
    })),
    actions: each(30, (title, place) => ({ id: `A${place}`, title, openedAt: at, owner: title })),
    sites: each(30, (service) => ({ service, site: service, at, state: 'serving' })),
    services: each(30, (service) => ({ service, team: service })),
    people: each(30, (name, place) => ({ name, email: `h${place}@example.com`, role: name, zone: null, deputy: name })),
    'service-levels': each(30, (service) => ({ service, indicator: service, day: '2026-11-22', good: 90, total: 100 })),
  }
  const urls = each(8, (title, place) => ({ id: `U${place}`, title, startedAt: at, url: url(place) }))
  const answers = await Promise.all([
    ...Object.entries(kinds).map(([kind, rows]) => postRows(app, kind, rows)),
    ...urls.map((row) => postRows(app, 'incidents', [row]).then((taken) => Math.min(taken, 0))), // an address may be refused
  ])
  return answers.reduce((sum, taken) => sum + taken, 0)
}

async function postRows(app: Hono<Env>, kind: string, rows: unknown[]): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const post = (some: unknown[]) =>
    app.request(`/api/v1/${kind}`, { method: 'POST', body: JSON.stringify(some), headers })
  if ((await post(rows)).status < 300) return rows.length
  const one = await Promise.all(rows.map(async (row) => ((await post([row])).status < 300 ? 1 : 0)))
  return one.reduce<number>((sum, taken) => sum + taken, 0)
}

async function sayByHand({ app }: Attacked): Promise<number> {
  const said: [string, Record<string, string>][] = payloads.slice(0, 30).flatMap(
    (text) =>
      [
        ['/incidents', { line: text, severity: 'sev1' }],
        ['/changes', { line: text }],
        ['/complaints', { line: text }],
        ['/actions', { title: text, originKind: 'incident', originId: text }],
        ['/incidents/H0/owner', { owner: text }],
        ['/incidents/H0/problems', { title: text }],
        ['/service-levels/H/team', { team: text }],
        ['/people', { name: text, email: 'by-hand@example.com' }],
      ] as [string, Record<string, string>][],
  )
  const answers = await Promise.all(
    said.map(([path, fields]) =>
      app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers: sameSite }),
    ),
  )
  return answers.filter(({ status }) => status === 303).length
}

async function importSheet({ db, settings, folder }: Attacked): Promise<void> {
  const file = join(folder, 'hostile.csv')
  const cells = payloads.map(
    (text, place) => `S${place},"${text.replace(/"/g, '""').replace(/[\r\n]/g, ' ')}",${minutesAgo(90).toISOString()}`,
  )
  writeFileSync(file, ['id,title,startedAt', ...cells].join('\n'))
  const quiet = () => undefined
  const room = {
    db,
    settings,
    now: () => morning,
    folder,
    terminal: false,
    say: quiet,
    complain: quiet,
    progress: quiet,
  }
  await importRows.run(['incidents', file], room)
}
