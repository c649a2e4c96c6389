import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const programs = { prometheus: '/usr/bin/prometheus', alertmanager: '/usr/bin/prometheus-alertmanager' }
export const daemonsPresent = Object.values(programs).every((program) => existsSync(program))

/** What a scraped service says of itself; change it and Prometheus sees it. */
export interface Gauges {
  errorRatio: number
  alone: number
  spareLost: number
}

/** A service to be scraped. */
export async function aTarget(gauges: Gauges) {
  return listening((_, answer) => {
    answer.setHeader('content-type', 'text/plain; version=0.0.4')
    answer.end(
      [
        `app_error_ratio{service="checkout"} ${gauges.errorRatio}`,
        `failover_single_dc{service="payments",active_dc="ams"} ${gauges.alone}`,
        `spare_lost{service="search",datacenter="fra"} ${gauges.spareLost}`,
        '',
      ].join('\n'),
    )
  })
}

export async function listening(
  answer: RequestListener,
  port = 0,
): Promise<{ port: number; end: () => Promise<void> }> {
  const server = createServer(answer)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const end = () => ended(server)
  onTestFinished(end)
  return { port: (server.address() as AddressInfo).port, end }
}

async function ended(server: Server): Promise<void> {
  if (!server.listening) return
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

/** A real Prometheus that watches `target` and `mortal`, and a real Alertmanager that posts to `receiver`, in a folder of the test. */
export async function startDaemons({
  folder,
  target,
  mortal,
  receiver,
}: {
  folder: string
  target: number
  mortal: number
  receiver: string
}) {
  const [watching, alerting] = [await freePort(), await freePort()]
  await writeFile(join(folder, 'alertmanager.yml'), alertmanagerFile(receiver))
  await writeFile(join(folder, 'prometheus.yml'), prometheusFile({ target, mortal, alerting }))
  await writeFile(join(folder, 'rules.yml'), rules)
  run(programs.alertmanager, [
    `--config.file=${join(folder, 'alertmanager.yml')}`,
    `--storage.path=${join(folder, 'alertmanager')}`,
    `--web.listen-address=127.0.0.1:${alerting}`,
    '--cluster.listen-address=',
  ])
  run(programs.prometheus, [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'tsdb')}`,
    `--web.listen-address=127.0.0.1:${watching}`,
    '--rules.alert.resend-delay=1s', // what fires before the Alertmanager is discovered (5 s) would wait a minute
  ])
}

export function run(program: string, words: string[]): ChildProcess {
  const daemon = spawn(program, words, { stdio: 'ignore' })
  onTestFinished(async () => {
    daemon.kill('SIGKILL')
    if (daemon.exitCode === null && daemon.signalCode === null) await once(daemon, 'exit')
  })
  return daemon
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await ended(server)
  return port
}

const alertmanagerFile = (receiver: string) => `
route: { receiver: muster, group_by: [alertname], group_wait: 200ms, group_interval: 1s, repeat_interval: 3s }
receivers: [ { name: muster, webhook_configs: [ { url: '${receiver}', send_resolved: true } ] } ]
`

const prometheusFile = ({ target, mortal, alerting }: { target: number; mortal: number; alerting: number }) => `
global: { scrape_interval: 250ms, scrape_timeout: 200ms, evaluation_interval: 250ms }
alerting: { alertmanagers: [ { static_configs: [ { targets: ['127.0.0.1:${alerting}'] } ] } ] }
rule_files: [ rules.yml ]
scrape_configs:
  - { job_name: app, static_configs: [ { targets: ['127.0.0.1:${target}'], labels: { datacenter: ams } } ] }
  - { job_name: accounts, static_configs: [ { targets: ['127.0.0.1:${mortal}'], labels: { datacenter: fra } } ] }
`

const rules = `
groups:
- name: morning
  rules:
  - { alert: Watchdog, expr: vector(1), labels: { severity: none } }
  - { alert: InstanceDown, expr: up == 0, labels: { severity: critical }, annotations: { summary: '{{ $labels.job }} is down in {{ $labels.datacenter }}' } }
  - { alert: HighErrorRatio, expr: app_error_ratio > 0.05, labels: { severity: warning }, annotations: { summary: '{{ $labels.service }} answers {{ $value | humanizePercentage }} with errors' } }
  - { alert: SingleDatacenter, expr: failover_single_dc == 1, labels: { severity: critical }, annotations: { summary: '{{ $labels.service }} runs in {{ $labels.active_dc }} only' } }
  - { alert: SpareLost, expr: spare_lost == 1, labels: { severity: warning, redundancy: lost }, annotations: { summary: '{{ $labels.service }} has lost its spare' } }
`
