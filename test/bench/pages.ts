import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'
import { freePort, type Server } from '../support/server.ts'
import { emptyFolder, serverOn } from './folders.ts'
import { atLeast, atMost, type Figure, percentile } from './table.ts'

const connections = 8

/** The agenda against a bare page of the same bytes, in turns, so that both meet the same machine. */
export async function agendaAgainstBare(folder: string, seconds: number): Promise<Figure[]> {
  const server = await serverOn(folder)
  const bytes = await textOf(server)
  const bare = await bareServer(bytes)
  const rounds = [1, 2, 3]
  const measured: { ours: number; bare: number }[] = []
  for (const _ of rounds)
    measured.push({ bare: await perSecond(bare.address, seconds), ours: await perSecond(server.address, seconds) })
  bare.stop()
  const [ours, theirs] = [middle(measured.map(({ ours }) => ours)), middle(measured.map(({ bare }) => bare))]
  const { perSecond: written, writesPerSecond, stale, writes } = await whileWriting(server, seconds * 2)
  await server.stop()
  return [
    atLeast(
      `agenda of ${bytes.length} bytes against a bare page (${ours.toFixed(0)} to ${theirs.toFixed(0)} requests/s)`,
      ours / theirs,
      0.6,
      'of it',
    ),
    atMost(
      `stale pages while ${writesPerSecond.toFixed(1)} of 10 writes a second fell (${writes} writes, ${written.toFixed(0)} requests/s)`,
      stale,
      0,
      'pages',
    ),
  ]
}

/** The first page after each change, with much and with little history, in turns. */
export async function firstRender(big: string, small: string, times: number): Promise<Figure[]> {
  const [much, little] = [await serverOn(big), await serverOn(small)]
  const spans = { much: [] as number[], little: [] as number[] }
  for (let turn = -20; turn < times; turn++) {
    const [a, b] = [await renderAfterChange(much, turn), await renderAfterChange(little, turn)]
    if (turn < 0) continue // the compiler is still warming up
    spans.much.push(a)
    spans.little.push(b)
  }
  await Promise.all([much.stop(), little.stop()])
  const [p50, base] = [percentile(spans.much, 50), percentile(spans.little, 50)]
  return [
    atMost('first render after a change, p95', percentile(spans.much, 95), 25, 'ms'),
    atMost(
      `first render, much history against little, p50 (${p50.toFixed(1)} to ${base.toFixed(1)} ms)`,
      p50 / base,
      1.25,
      'times',
    ),
  ]
}

async function renderAfterChange(server: Server, turn: number): Promise<number> {
  await writeOwner(server, `somebody-${turn + 100}@example.com`)
  const begun = performance.now()
  await textOf(server)
  return performance.now() - begun
}

/** Writes fall ten times a second by the clock, whatever the pages cost; the readers press from a thread of their own. */
async function whileWriting(server: Server, seconds: number) {
  const load = autocannon({ url: server.address, connections, duration: seconds, workers: 1 })
  const begun = performance.now()
  const turns = Array.from({ length: Math.floor((seconds - 1) * 10) }, (_, turn) => turn)
  const seen = { writes: 0, stale: 0 }
  for (const turn of turns) {
    const owner = `writer-${turn}@example.com`
    await writeOwner(server, owner)
    seen.writes++
    if (!(await textOf(server)).includes(owner)) seen.stale++
    await pause(Math.max(0, begun + (turn + 1) * 100 - performance.now()))
  }
  const writesPerSecond = (seen.writes * 1000) / (performance.now() - begun)
  return { perSecond: (await load).requests.average, writesPerSecond, ...seen }
}

async function writeOwner({ address }: Server, owner: string): Promise<void> {
  const answer = await fetch(`${address}/incidents/NOW-0/owner`, {
    method: 'POST',
    headers: { origin: address, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ owner }),
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`assigning answered ${answer.status}: ${await answer.text()}`)
}

async function textOf({ address }: { address: string }): Promise<string> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`the agenda answered ${answer.status}`)
  return answer.text()
}

async function perSecond(url: string, seconds: number): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({ url, connections, duration: seconds })
  if (non2xx + errors > 0) throw new Error(`${non2xx} refusals and ${errors} errors from ${url}`)
  return requests.average
}

async function bareServer(bytes: string): Promise<{ address: string; stop(): void }> {
  const file = join(await emptyFolder(), 'page.html')
  await writeFile(file, bytes)
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/bench/bare-page.ts', file, `${port}`], {
    stdio: 'inherit',
  })
  const address = `http://localhost:${port}`
  for (let tries = 0; tries < 500 && !(await answers(address)); tries++)
    await new Promise((resume) => setTimeout(resume, 20))
  return { address, stop: () => void child.kill() }
}

async function answers(address: string): Promise<boolean> {
  return fetch(`${address}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}

function middle(values: readonly number[]): number {
  return percentile(values, 50)
}
