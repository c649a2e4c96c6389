import type { Db } from '../../src/record/db.ts'
import { keep } from '../../src/sources/arrivals.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { morning } from '../support/morning.ts'

export interface AlertGiven {
  fingerprint?: string
  startsAt?: Date
  endsAt?: Date
  labels?: Record<string, string>
  annotations?: Record<string, string>
}

export function anAlert(given: AlertGiven = {}) {
  return {
    status: given.endsAt ? 'resolved' : 'firing',
    labels: { alertname: 'HighErrorRatio', service: 'checkout', severity: 'warning', ...given.labels },
    annotations: { summary: 'checkout answers with errors', ...given.annotations },
    startsAt: (given.startsAt ?? morning).toISOString(),
    endsAt: given.endsAt?.toISOString() ?? '0001-01-01T00:00:00Z',
    generatorURL: 'https://prometheus.example.com/graph',
    fingerprint: given.fingerprint ?? '7d5a73ea08fb6d1c',
  }
}

/** What Alertmanager would post of these alerts. */
export function aGroup(alerts: readonly unknown[], more: object = {}): string {
  return JSON.stringify({ version: '4', status: 'firing', receiver: 'muster', alerts, truncatedAlerts: 0, ...more })
}

export interface Sent {
  source?: string
  at?: Date
  contentType?: string
}

export async function send(
  db: Db,
  body: string | Uint8Array,
  { source = 'alertmanager', at = morning, contentType = 'application/json' }: Sent = {},
) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return keep(db, { source, receivedAt: at, contentType, body: bytes })
}

/** Hands them in one after the other, each read before the next arrives. */
export async function sendInTurn(db: Db, bodies: readonly string[], at = morning): Promise<void> {
  for (const body of bodies) {
    await send(db, body, { at })
    await ingestWaiting(db, at)
  }
}
