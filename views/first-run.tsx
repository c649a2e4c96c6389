import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { OneLine } from './parts/by-hand.tsx'
import { Mark } from './parts/marks.tsx'
import { paths } from './paths.ts'

export interface FirstRunPageProps {
  around: Around
  endpoint: string // absolute address of POST /sources/alertmanager
  heard: Heard
}

/** null = nothing yet. `what` = the first fact in words. */
export interface Heard {
  at: Date | null
  source: string | null
  incident: { id: string; title: string } | null
}

/** From nothing to the first alert in three steps. */
export function FirstRunPage({ around, endpoint, heard }: FirstRunPageProps) {
  return (
    <Layout around={around} title="The first morning">
      <main id="page">
        <header class="page-head">
          <p class="kicker">The first morning</p>
          <h1>Nobody has told us anything yet.</h1>
          <p class="lead">Three steps to the first agenda. It takes a minute, and nothing leaves this machine.</p>
        </header>
        <ol class="steps">
          <li>
            <h2>Tell it an alert</h2>
            <p>Paste this into a terminal: it is what Prometheus Alertmanager would send.</p>
            <pre id="first-alert">{firstAlert(endpoint)}</pre>
            <button type="button" data-copy="first-alert">
              Copy
            </button>
          </li>
          <li>
            <h2>See that it was heard</h2>
            <HeardTick around={around} heard={heard} />
          </li>
          <li>
            <h2>Let your own tools speak</h2>
            <p>Give Alertmanager this receiver, and every alert of yours is on the next agenda:</p>
            <pre>{receiver(endpoint)}</pre>
            <p>
              <a href={paths.sources}>More tools</a>, or the history you already have:{' '}
              <code>npm run import -- incidents FILE.csv</code>
            </p>
          </li>
        </ol>
        <OneLine around={around} />
      </main>
    </Layout>
  )
}

/** Asks again every two seconds until something was heard. */
export function HeardTick({ around, heard }: { around: Around; heard: Heard }) {
  if (heard.at === null) {
    return (
      <p
        id="heard"
        class="lead"
        hx-get={paths.firstWord}
        hx-trigger="every 2s"
        hx-target="this"
        hx-select="#heard"
        hx-swap="outerHTML"
        hx-nonce={around.nonce}
      >
        <Mark tone="amber" /> Listening. Nothing heard yet; this line changes by itself, or{' '}
        <a href={paths.firstWord}>look again</a>.
      </p>
    )
  }
  return (
    <p id="heard" class="lead text-green" role="status">
      <Mark tone="green" /> Heard it, from {heard.source ?? 'a source'}.{' '}
      {heard.incident && <a href={paths.incident(heard.incident.id)}>{heard.incident.title}</a>}{' '}
      <a href={paths.morning}>See the agenda</a>
    </p>
  )
}

function firstAlert(endpoint: string): string {
  const alert = {
    version: '4',
    status: 'firing',
    alerts: [
      {
        status: 'firing',
        labels: { alertname: 'CheckoutAnswersSlowly', service: 'checkout', severity: 'critical' },
        annotations: { summary: 'Checkout answers slowly' },
        startsAt: 'NOW',
        endsAt: '0001-01-01T00:00:00Z',
        fingerprint: 'f1r57a1e47000000',
      },
    ],
  }
  const body = JSON.stringify(alert).replace('"NOW"', `"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'"`)
  return `curl -X POST ${endpoint} \\\n  -H 'content-type: application/json' \\\n  -d '${body}'`
}

function receiver(endpoint: string): string {
  return `receivers:\n  - name: muster\n    webhook_configs:\n      - url: ${endpoint}\n        send_resolved: true`
}
