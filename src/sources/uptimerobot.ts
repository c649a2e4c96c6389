import type { Fact } from '../record/fact.ts'
import { asSaid, type Said, saidIn, webAddress } from './said.ts'
import { runOf, signalFacts } from './signals.ts'
import type { Delivery, Source } from './source.ts'

const mend = 'send what the webhook of UptimeRobot posts, as JSON or as a form'

/** UptimeRobot: 1 is down, 2 is up, and 3, that a certificate runs out, is a forecast. Its variables may be written in any way. */
export const uptimerobot: Source = {
  adapter: 'uptimerobot',
  title: 'UptimeRobot',
  class: 'automated',
  proofs: ['address', 'bearer'],
  runOf,

  read(delivery) {
    const said = plainly(saidIn(delivery, mend))
    const type = said.text('alerttype') ?? said.need(mend, 'alerttypefriendlyname', 'alert_type')
    const key = said.text('monitorid', 'monitorurl') ?? said.need(mend, 'monitorfriendlyname', 'monitor')
    if (/^(3|ssl)/i.test(type)) return expiryOf(said, key, delivery)
    if (!/^(1|2|down|up)$/i.test(type)) return []

    const name = said.text('monitorfriendlyname', 'monitorname', 'monitorurl') ?? `monitor ${key}`
    const at = said.instant('alertdatetime', 'incidentdatetime') ?? delivery.receivedAt
    const seconds = Number(said.text('alertduration') ?? Number.NaN)
    return signalFacts({
      source: delivery.source,
      key,
      at,
      on: /^(1|down)$/i.test(type),
      since: seconds > 0 && seconds < 1e8 ? new Date(at.getTime() - seconds * 1000) : undefined,
      told: {
        title: `${name} is down`,
        service: name,
        url: webAddress(said.text('monitorurl'), said.text('dashboardurl', 'monitordashboardurl')),
        class: 'automated',
      },
      note: said.text('alertdetails'),
    })
  },
}

/** monitorFriendlyName, monitor_friendly_name and 'Monitor Friendly Name' are one. */
function plainly(said: Said): Said {
  const pairs = Object.entries(said.pairs('')).concat(Object.entries(said.pairs('data')))
  return asSaid(Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase().replace(/[^a-z]/g, ''), value])))
}

function expiryOf(said: Said, key: string, { receivedAt }: Delivery): Fact[] {
  const service = said.text('monitorfriendlyname', 'monitorurl') ?? key
  const days = Number(said.text('sslexpirydaysleft') ?? Number.NaN)
  const dueAt =
    said.instant('sslexpirydate') ??
    (days >= 0 && days < 10_000 ? new Date(receivedAt.getTime() + days * 86_400_000) : null)
  if (!dueAt) return []
  return [
    {
      kind: 'forecast',
      id: `uptimerobot:${key}:certificate:${dueAt.toISOString().slice(0, 10)}`,
      madeAt: receivedAt,
      service,
      what: `The certificate of ${service} runs out`,
      dueAt,
      confidence: null,
    },
  ]
}
