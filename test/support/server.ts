import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

export interface Server {
  address: string
  pid: number
  readyMs: number // from the start of the process to its first answer at /readyz
  said(): string
  stop(): Promise<number | null>
}

/** What `npm start` runs, once `npm run build` has made it; before the first test it is made. */
export const asBundled: readonly string[] = scriptOf('start').split(' ').slice(1, -1)

function scriptOf(name: string): string {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'))
  return scripts[name] ?? ''
}

/** The real process on a free port of loopback. */
export async function startServer(
  words: readonly string[],
  env: Record<string, string> = {},
  program = asBundled,
): Promise<Server> {
  const port = await freePort()
  const address = `http://localhost:${port}`
  const begun = performance.now()
  const child = spawn(process.execPath, [...program, ...words], {
    env: { ...process.env, PORT: `${port}`, PUBLIC_URL: address, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  child.stdout.on('data', (chunk) => lines.push(String(chunk)))
  child.stderr.on('data', (chunk) => lines.push(String(chunk)))
  const said = () => lines.join('')
  const ended = once(child, 'exit')
  await untilReady(address, child, said)
  return { address, pid: child.pid ?? 0, readyMs: performance.now() - begun, said, stop: () => stop(child, ended) }
}

async function untilReady(address: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 10) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${said()}`)
    const isReady = await fetch(`${address}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isReady) return
    await new Promise((resume) => setTimeout(resume, 10))
  }
  child.kill('SIGKILL')
  throw new Error(`the server was not ready within 60 s:\n${said()}`)
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
  await ended
  return child.exitCode
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
