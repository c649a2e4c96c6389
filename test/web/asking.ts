import type { Hono } from 'hono'
import type { Db } from '../../src/record/db.ts'
import type { Fact } from '../../src/record/fact.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import type { Env } from '../../src/web/house.ts'
import { hoursAgo } from '../support/morning.ts'

type App = Hono<Env>

/** As a browser posts a form of ours. */
export function submit(app: App, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields)
  return app.request(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin', ...headers } })
}

/** As a script sends JSON. */
export function send(app: App, method: string, path: string, json: unknown, headers: Record<string, string> = {}) {
  const body = JSON.stringify(json)
  return app.request(path, { method, body, headers: { 'content-type': 'application/json', ...headers } })
}

export async function textOf(app: App, path: string, headers: Record<string, string> = {}): Promise<string> {
  return (await app.request(path, { headers })).text()
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test asserts
type Json = any

export async function jsonOf(app: App, path: string): Promise<Json> {
  return jsonIn(await app.request(path))
}

export async function jsonIn(response: Response): Promise<Json> {
  return response.json()
}

/** What a tool told us at the instant it happened. */
export function tell(db: Db, facts: Fact[], recordedAt = hoursAgo(1)) {
  return recordFacts(db, facts, { recordedAt, source: 'alertmanager', origin: 'tool', class: 'automated' })
}

export function incident(id: string, startedAt: Date, told: Record<string, unknown> = {}): Fact {
  return { kind: 'incident', id, at: startedAt, told: { title: `${id} broke`, startedAt, service: 'search', ...told } }
}

/** fra serves; ams is out since then: the service runs on one site alone. */
export function aloneSince(service: string, since: Date): Fact[] {
  const before = new Date(since.getTime() - 86_400_000)
  return [
    { kind: 'site', service, site: 'fra', at: before, state: 'serving', capacityPercent: 60 },
    { kind: 'site', service, site: 'ams', at: before, state: 'serving', capacityPercent: 60 },
    { kind: 'site', service, site: 'ams', at: since, state: 'unable', capacityPercent: 0 },
  ]
}
