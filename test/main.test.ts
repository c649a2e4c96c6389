import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { commandWords, findCommand } from '../src/commands/words.ts'
import { listen } from '../src/listen.ts'
import { openRecord } from '../src/record/db.ts'
import { aFolder } from './support/open-record.ts'
import { settingsIn } from './support/settings.ts'

const bundle = resolve('dist/muster/main.js')

interface Ended {
  code: number | null
  out: string
  err: string
}
type Environment = Record<string, string>

function start(words: string[], { env = {}, cwd = process.cwd() }: { env?: Environment; cwd?: string } = {}) {
  const child = spawn(process.execPath, [bundle, ...words], {
    cwd,
    env: { PATH: process.env.PATH ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text))
  const ended = once(child, 'close').then(([code]): Ended => ({ code, ...said }))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, said, ended }
}

function run(words: string[], given: { env?: Environment; cwd?: string } = {}): Promise<Ended> {
  return start(words, given).ended
}

async function serving(folder: string, env: Environment = {}, word = 'serve') {
  const server = start([word], { env: { MUSTER_DATA: folder, ...env } })
  while (!server.said.err.includes('"ready"')) {
    if (server.child.exitCode !== null) throw new Error(`it ended: ${server.said.err}`)
    await pause(10)
  }
  const address = /http:\/\/\S+/.exec(server.said.out)?.[0] ?? ''
  return { ...server, address }
}

test('an unknown word is refused with the list of those there are', async () => {
  const { code, err } = await run(['agend'])
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('There is no command "agend"') })
  expect(err).toMatch(/serve, demo, agenda, import, export, .*doctor/)
  expect((await run([])).code).toBe(2)
})

test('each word explains itself, and nothing else happens', async () => {
  const cwd = await aFolder()
  const words = ['serve', 'import', 'restore']
  const explained = await Promise.all(words.map((word) => run([word, '--help'], { cwd })))

  expect(explained.map(({ code }) => code)).toEqual(words.map(() => 0))
  for (const { out } of explained) expect(out).toContain('npm ')
  expect(await readdir(cwd)).toEqual([])
  for (const word of commandWords) expect((await findCommand(word))?.help).toMatch(/^npm (run|start)/)
})

test('a wrong variable stops every word with its name, its fault and an example', async () => {
  const cwd = await aFolder()
  const [serve, doctor] = await Promise.all([
    run(['serve'], { cwd, env: { MUSTER_ZONE: 'Europe/Berlim' } }),
    run(['doctor'], { cwd, env: { HOST: '0.0.0.0', MUSTER_NOW: '2026-11-23T08:00:00Z' } }),
  ])

  expect(serve).toMatchObject({
    code: 1,
    out: '',
    err: 'MUSTER_ZONE is "Europe/Berlim", not an IANA time zone. For example: MUSTER_ZONE=Europe/Berlin\n',
  })
  expect(doctor).toMatchObject({ code: 1, err: expect.stringContaining('MUSTER_NOW freezes the clock: loopback only') })
  expect(await readdir(cwd)).toEqual([])
})

test('the server says where it is, keeps a second one out, obeys commands and stops when told', async () => {
  const folder = join(await aFolder(), 'data')
  const server = await serving(folder, { MUSTER_ZONE: 'Europe/Berlin' })
  expect(server.said.out).toContain('on this machine only')
  expect((await fetch(`${server.address}/readyz`)).status).toBe(200)

  const second = await run(['serve'], { env: { MUSTER_DATA: folder } })
  expect(second).toMatchObject({ code: 75, err: expect.stringContaining('in use by another process') })

  const doctor = await run(['doctor'], { env: { MUSTER_DATA: folder, MUSTER_ZONE: 'Asia/Tokyo' } })
  expect(doctor).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Europe/Berlin') })
  expect(await run(['doctor', '--loudly'], { env: { MUSTER_DATA: folder } })).toMatchObject({ code: 2 })

  server.child.kill('SIGTERM')
  const ended = await server.ended
  expect(ended.code).toBe(0)
  expect(existsSync(join(folder, 'control.sock'))).toBe(false)
})

test('a command inside the server finds the files of who typed it', async () => {
  const [folder, cwd] = [join(await aFolder(), 'data'), await aFolder()]
  await writeFile(join(cwd, 'mine.csv'), 'id,title,startedAt\nINC-1,Search is slow,2026-11-20T09:00:00Z\n')
  const server = await serving(folder)

  const imported = await run(['import', 'incidents', 'mine.csv'], { cwd, env: { MUSTER_DATA: folder } })
  expect(imported).toMatchObject({ code: 0, err: '' })
  expect(await (await fetch(`${server.address}/incidents/INC-1`)).text()).toContain('Search is slow')
})

test('after a kill -9 its socket lies there, and commands open the record themselves', async () => {
  const folder = join(await aFolder(), 'data')
  const server = await serving(folder)
  server.child.kill('SIGKILL')
  await server.ended
  expect(existsSync(join(folder, 'control.sock'))).toBe(true)

  expect(await run(['doctor'], { env: { MUSTER_DATA: folder } })).toMatchObject({ code: 0 })
  const again = await serving(folder)
  expect((await fetch(`${again.address}/healthz`)).status).toBe(200)
})

test('a record held by somebody who does not answer is said to be', async () => {
  const folder = await aFolder()
  const db = await openRecord(settingsIn(folder), { now: new Date(), onFatal: () => undefined })
  onTestFinished(() => db.close())

  const doctor = await run(['doctor'], { env: { MUSTER_DATA: folder } })

  expect(doctor).toMatchObject({
    code: 75,
    err: expect.stringContaining('is in use by another process that does not answer'),
  })
})

test('a port that is taken is said to be, and the record is let go of', async () => {
  const folder = await aFolder()
  const taken = await listen({ fetch: () => new Response('mine') }, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => taken.stop(0))

  const server = await run(['serve'], { env: { MUSTER_DATA: folder, PORT: `${taken.port}` } })

  expect(server).toMatchObject({ code: 1, err: expect.stringContaining(`Port ${taken.port} of 127.0.0.1 is in use`) })
  const db = await openRecord(settingsIn(folder), { now: new Date(), onFatal: () => undefined, patienceMs: 0 })
  await db.close()
})

test('a file that is no record is not taken for one', async () => {
  const folder = await aFolder()
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'muster.db'), 'these are my notes, not a database at all'.repeat(100))

  expect(await run(['serve'], { env: { MUSTER_DATA: folder } })).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^The record cannot be opened: .*not a database.*\n$/),
  })
})

test('the demo is served from a folder of its own that is gone when it stops', async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'muster-tmp-'))
  onTestFinished(() => rm(temporary, { recursive: true, force: true }))
  const demo = await serving(join(temporary, 'unused'), { TMPDIR: temporary }, 'demo')
  expect((await readdir(temporary)).filter((name) => name.startsWith('muster-demo-'))).toHaveLength(1)

  demo.child.kill('SIGINT')

  expect((await demo.ended).code).toBe(0)
  expect((await readdir(temporary)).filter((name) => name.startsWith('muster-'))).toEqual([])
})
