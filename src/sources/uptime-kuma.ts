import { asSaid, saidIn, webAddress } from './said.ts'
import { severityFrom } from './severities.ts'
import { runOf, signalFacts } from './signals.ts'
import type { Source } from './source.ts'

const mend = 'send what a notification of type webhook of Uptime Kuma posts, in one of its presets'

/** Uptime Kuma. 0 is down, 1 is up; pending and maintenance are not for us, nor is the test message. Its times are UTC. */
export const uptimeKuma: Source = {
  adapter: 'uptime-kuma',
  title: 'Uptime Kuma',
  class: 'automated',
  proofs: ['bearer', 'address'],
  runOf,

  read(delivery) {
    const told = saidIn(delivery, mend)
    const said = told.has('data') ? asSaid(told.at('data')) : told // its preset form-data
    if (!said.text('heartbeat.status')) {
      said.need(mend, 'msg')
      return []
    }
    const status = said.need(mend, 'heartbeat.status')
    if (status !== '0' && status !== '1') return []

    const key = said.text('monitor.id') ?? said.need(mend, 'heartbeat.monitorID', 'heartbeat.monitor_id')
    const name = said.text('monitor.name') ?? `monitor ${key}`
    return signalFacts({
      source: delivery.source,
      key,
      at: said.instant('heartbeat.time') ?? delivery.receivedAt,
      on: status === '0',
      told: {
        title: `${name} is down`,
        service: name,
        team: tagged(said.list('monitor.tags'), 'team'),
        site: tagged(said.list('monitor.tags'), 'site'),
        url: webAddress(said.text('monitor.url')),
        class: 'automated',
      },
      severity: severityFrom(tagged(said.list('monitor.tags'), 'severity')),
      theirs: tagged(said.list('monitor.tags'), 'severity'),
      note: said.text('heartbeat.msg', 'msg'),
    })
  },
}

function tagged(tags: ReturnType<ReturnType<typeof saidIn>['list']>, name: string): string | undefined {
  return tags.find((tag) => tag.text('name')?.toLowerCase() === name)?.text('value')
}
