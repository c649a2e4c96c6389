import { readdirSync, readFileSync, statSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Server } from '../support/server.ts'
import { alarm } from './load.ts'

/** What was asked of a server at a steady pace, and how it answered. */
export interface Strain {
  spans: number[] // of each answer, in milliseconds
  faults: number // answers of 500 and above, and none at all
  acks: Set<string> // deliveries that were acknowledged
}

export function noStrain(): Strain {
  return { spans: [], faults: 0, acks: new Set() }
}

/** Acts so many times a second, whether or not what was asked before is answered yet: as a crowd does. */
export async function atPace(
  { perSecond, forMs }: { perSecond: number; forMs: number },
  act: (n: number) => Promise<void>,
): Promise<void> {
  const begun = performance.now()
  const acts: Promise<void>[] = []
  for (let n = 0; n * (1000 / perSecond) < forMs; n++) {
    await pause(Math.max(0, begun + n * (1000 / perSecond) - performance.now()))
    acts.push(act(n))
  }
  await Promise.all(acts)
}

export async function look(server: Server, path: string, strain: Strain): Promise<void> {
  await timed(strain, () => fetch(`${server.address}${path}`))
}

export async function submit(server: Server, path: string, fields: Record<string, string>, strain: Strain) {
  const headers = { 'sec-fetch-site': 'same-origin' }
  const asked = { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' } as const
  await timed(strain, () => fetch(`${server.address}${path}`, asked))
}

export async function deliver(server: Server, id: string, strain: Strain): Promise<void> {
  const asked = { method: 'POST', body: alarm(id) }
  const status = await timed(strain, () => fetch(`${server.address}/sources/alertmanager`, asked))
  if (status === 202) strain.acks.add(id)
}

async function timed(strain: Strain, ask: () => Promise<Response>): Promise<number | null> {
  const begun = performance.now()
  const status = await ask().then(
    async (answer) => (await answer.arrayBuffer()) && answer.status,
    () => null,
  )
  strain.spans.push(performance.now() - begun)
  if (status === null || status >= 500) strain.faults += 1
  return status
}

export function percentile(spans: readonly number[], percent: number): number {
  const sorted = spans.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0
}

export function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length
}

export function sizeMb(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) / 1024 / 1024
}

/** The slope of the line nearest to all points (x, y). */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (place: 0 | 1) => points.reduce((sum, point) => sum + point[place], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const over = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return over / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}
