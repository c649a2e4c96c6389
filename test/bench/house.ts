import { spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import autocannon, { type Asked } from 'autocannon'
import { aDay, aMinute } from '../../src/calendar.ts'
import { zone } from '../support/morning.ts'
import { emptyFolder, serverOn } from './folders.ts'
import { atLeast, atMost, type Figure, percentile } from './table.ts'

/** Deliveries acknowledged, each with its signature checked against two secrets, and on the disk before its 202. */
export async function ingestion(seconds: number): Promise<Figure[]> {
  const key = randomBytes(32).toString('base64')
  const server = await serverOn(await emptyFolder(), ['serve'], { MUSTER_KEY: key })
  const secrets = ['the one that is being replaced', 'the one that replaces it']
  for (const secret of secrets) await giveSecret(server.address, secret)
  const signed = Array.from({ length: mostDeliveries(seconds) }, (_, number) =>
    aSignedDelivery(number, secrets[1] ?? ''),
  )
  const sent = { count: 0 }
  const setupRequest = (asked: Asked) => {
    const { body, signature } = signed[sent.count++ % signed.length] ?? { body: '', signature: '' }
    return { ...asked, body, headers: { ...asked.headers, 'x-pagerduty-signature': signature } }
  }
  const request = {
    method: 'POST',
    path: '/sources/pagerduty',
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
      `durable deliveries at 64 connections, signatures checked (${requests.total} in ${duration} s)`,
      counts['2xx'] / duration,
      5000,
      'a second',
    ),
    atMost('acknowledgement of a delivery, p99', latency.p99, 30, 'ms'),
  ]
}

async function giveSecret(address: string, secret: string): Promise<void> {
  const answer = await fetch(`${address}/sources/pagerduty/secret`, {
    method: 'POST',
    body: new URLSearchParams({ scheme: 'pagerduty', secret }),
    headers: { 'sec-fetch-site': 'same-origin' },
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`the secret was not taken: ${answer.status}`)
}

// Signed beforehand: it is the server that is measured. Beyond this they come again, as retries do.
function mostDeliveries(seconds: number): number {
  return seconds * 10_000
}

function aSignedDelivery(number: number, secret: string): { body: string; signature: string } {
  const occurredAt = new Date(Date.now() - (number % 600) * aMinute).toISOString()
  const body = JSON.stringify({
    event: {
      id: `01BENCH${number}`,
      event_type: 'incident.triggered',
      resource_type: 'incident',
      occurred_at: occurredAt,
      agent: { id: 'P1', summary: 'Ada', type: 'user_reference', html_url: 'https://acme.pagerduty.com/users/P1' },
      data: {
        id: `Q${number}`,
        type: 'incident',
        html_url: `https://acme.pagerduty.com/incidents/Q${number}`,
        number,
        status: 'triggered',
        title: `Alarm ${number % 50} on host-${number}`,
        service: { id: 'S1', summary: `service-${number % 20}`, type: 'service_reference' },
        assignees: [{ id: 'P1', summary: 'Ada', type: 'user_reference' }],
        teams: [],
        priority: { id: 'R1', summary: `P${1 + (number % 4)}`, type: 'priority_reference' },
        urgency: 'high',
        created_at: occurredAt,
      },
    },
  })
  return { body, signature: `v1=${createHmac('sha256', secret).update(body).digest('hex')}` }
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
