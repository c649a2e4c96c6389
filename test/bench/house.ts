import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import autocannon, { type Asked } from 'autocannon'
import { aDay, aMinute } from '../../src/calendar.ts'
import { zone } from '../support/morning.ts'
import { emptyFolder, serverOn } from './folders.ts'
import { atLeast, atMost, type Figure, percentile } from './table.ts'

/** Deliveries acknowledged, each on the disk before its 202. */
export async function ingestion(seconds: number): Promise<Figure[]> {
  const server = await serverOn(await emptyFolder())
  const sent = { count: 0 }
  const setupRequest = (asked: Asked) => ({ ...asked, body: aDelivery(sent.count++) })
  const request = {
    method: 'POST',
    path: '/sources/alertmanager',
    headers: { 'content-type': 'application/json' },
    setupRequest,
  }
  const { requests, latency, non2xx, errors, duration, ...counts } = await autocannon({
    url: server.address,
    connections: 64,
    duration: seconds,
    requests: [request],
  })
  await server.stop()
  if (non2xx + errors > 0) throw new Error(`${non2xx} deliveries refused, ${errors} errors`)
  return [
    atLeast(
      `durable deliveries at 64 connections (${requests.total} in ${duration} s)`,
      counts['2xx'] / duration,
      3000,
      'a second',
    ),
    atMost('acknowledgement of a delivery, p99', latency.p99, 30, 'ms'),
  ]
}

function aDelivery(number: number): string {
  const startsAt = new Date(Date.now() - (number % 600) * aMinute).toISOString()
  const labels = {
    alertname: `Alarm ${number % 50}`,
    severity: 'warning',
    service: `service-${number % 20}`,
    instance: `host-${number}`,
  }
  const alert = {
    status: 'firing',
    labels,
    annotations: {},
    startsAt,
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: '',
    fingerprint: number.toString(16).padStart(16, '0'),
  }
  const group = {
    groupKey: `{}:{instance="host-${number}"}`,
    groupLabels: {},
    commonLabels: labels,
    commonAnnotations: {},
  }
  return JSON.stringify({
    version: '4',
    status: 'firing',
    receiver: 'muster',
    externalURL: '',
    truncatedAlerts: 0,
    ...group,
    alerts: [alert],
  })
}

export async function startToReady(big: string, rows: number): Promise<Figure[]> {
  const empty = await emptyFolder()
  await readyIn(empty) // the first start makes the record
  return [
    atMost('start to ready, little in the record', await readyIn(empty), 1, 's'),
    atMost(`start to ready, ${rows} incidents in the record`, await readyIn(big), 1.5, 's'),
  ]
}

async function readyIn(folder: string): Promise<number> {
  const spans: number[] = []
  for (const _ of [1, 2, 3, 4, 5]) {
    const server = await serverOn(folder)
    spans.push(server.readyMs / 1000)
    await server.stop()
  }
  return percentile(spans, 50)
}

export async function memory(big: string): Promise<Figure[]> {
  const server = await serverOn(big)
  await autocannon({ url: server.address, connections: 8, amount: 10_000 })
  const mebibytes = residentOf(server.pid)
  await server.stop()
  return [atMost('resident memory after 10,000 requests, with the processes it started', mebibytes, 150, 'MiB')]
}

function residentOf(pid: number): number {
  const kibibytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  return kibibytes / 1024 + children.reduce((sum, child) => sum + residentOf(Number(child)), 0)
}

/** The command as one types it, its start included. */
export async function importing(rows: number): Promise<Figure[]> {
  const folder = await emptyFolder()
  const file = join(folder, 'incidents.csv')
  const lines = Array.from({ length: rows }, (_, number) => {
    const from = new Date(Date.now() - 300 * aDay + number * 20 * aMinute)
    return `INC-${number},Alarm ${number % 300},${from.toISOString()},service-${number % 20},sev${1 + (number % 4)},${new Date(from.getTime() + 30 * aMinute).toISOString()},owner-${number % 30}@example.com`
  })
  await writeFile(file, ['id,title,startedAt,service,severity,resolvedAt,owner', ...lines].join('\n'))
  const begun = performance.now()
  const env = { ...process.env, MUSTER_DATA: folder, MUSTER_ZONE: zone }
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'import', 'incidents', file], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the import ended with ${code}`)
  return [
    atLeast(
      `import of ${rows} incidents, from the command's start to its end`,
      rows / ((performance.now() - begun) / 1000),
      2000,
      'rows a second',
    ),
  ]
}
