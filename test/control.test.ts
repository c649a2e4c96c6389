import { mkdirSync, statSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Asked, askServer, listenForCommands, socketPath, type Voice } from '../src/control.ts'

const agenda: Asked = { word: 'agenda', words: ['--json'], folder: '/home/ada', terminal: false }

async function aFolder(name = 'data'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, name))
  return join(folder, name)
}

function listener(): { voice: Voice; heard: string[] } {
  const heard: string[] = []
  return {
    heard,
    voice: {
      say: (line) => heard.push(`say ${line}`),
      complain: (line) => heard.push(`complain ${line}`),
      progress: (text) => heard.push(`progress ${text}`),
    },
  }
}

async function serving(folder: string, run: Parameters<typeof listenForCommands>[1]) {
  const control = await listenForCommands(folder, run)
  onTestFinished(() => control.close(0))
  return control
}

test('a command runs in the server, and what it says arrives in its order with its exit code', async () => {
  const folder = await aFolder()
  const asked: Asked[] = []
  await serving(folder, async (command, voice) => {
    asked.push(command)
    voice.say('first\nin two lines')
    voice.progress('half')
    voice.complain('ünëxpected')
    return 1
  })
  const { voice, heard } = listener()

  expect(await askServer(folder, agenda, voice)).toBe(1)
  expect(asked).toEqual([agenda])
  expect(heard).toEqual(['say first\nin two lines', 'progress half', 'complain ünëxpected'])
})

test('lines arrive as they are said, not at the end', async () => {
  const folder = await aFolder()
  const first = later()
  await serving(folder, async (_, voice) => {
    voice.say('begun')
    await first.promise
    return 0
  })

  const voice: Voice = { ...listener().voice, say: () => first.resolve() }
  expect(await askServer(folder, agenda, voice)).toBe(0)
})

test('where no server is, nobody answers', async () => {
  expect(await askServer(await aFolder(), agenda, listener().voice)).toBeNull()
  expect(await askServer('/nowhere/at/all', agenda, listener().voice)).toBeNull()
})

test('a socket whose server was killed answers nobody and stands in nobody’s way', async () => {
  const folder = await aFolder()
  await deadSocketAt(socketPath(folder))

  expect(await askServer(folder, agenda, listener().voice)).toBeNull()
  await serving(folder, async () => 0)
  expect(await askServer(folder, agenda, listener().voice)).toBe(0)
})

test('a file that is no socket is not spoken to', async () => {
  const folder = await aFolder()
  await writeFile(socketPath(folder), 'hello')
  expect(await askServer(folder, agenda, listener().voice)).toBeNull()
})

test('only its own user may speak to it', async () => {
  const folder = await aFolder()
  await serving(folder, async () => 0)
  expect(statSync(socketPath(folder)).mode & 0o777).toBe(0o600)
})

test('a folder with a long name has its socket in the temporary folder, its own', async () => {
  const [one, other] = [await aFolder('d'.repeat(120)), await aFolder('d'.repeat(120))]
  await serving(one, async () => 0)

  expect(Buffer.byteLength(socketPath(one))).toBeLessThan(100)
  expect(socketPath(one)).not.toBe(socketPath(other))
  expect(await askServer(one, agenda, listener().voice)).toBe(0)
  expect(await askServer(other, agenda, listener().voice)).toBeNull()
})

test('a server that ends in the middle is said to have', async () => {
  const folder = await aFolder()
  const control = await serving(folder, () => new Promise(() => undefined))
  const { voice, heard } = listener()
  const answered = askServer(folder, agenda, voice)
  await new Promise((soon) => setTimeout(soon, 50))
  await control.close(0)

  expect(await answered).toBe(1)
  expect(heard).toEqual([expect.stringContaining('before it had answered')])
})

test('closing waits for the command under way', async () => {
  const folder = await aFolder()
  const control = await listenForCommands(folder, async () => {
    await new Promise((soon) => setTimeout(soon, 100))
    return 0
  })
  const answered = askServer(folder, agenda, listener().voice)
  await new Promise((soon) => setTimeout(soon, 30))
  await control.close(5_000)

  expect(await answered).toBe(0)
})

function later(): { promise: Promise<void>; resolve: () => void } {
  const held: { resolve: () => void } = { resolve: () => undefined }
  const promise = new Promise<void>((resolve) => {
    held.resolve = resolve
  })
  return { promise, resolve: () => held.resolve() }
}

// Closing removes the socket's file; a kill does not: the file is given another name meanwhile.
async function deadSocketAt(path: string): Promise<void> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(path, listening))
  await rename(path, `${path}.kept`)
  await new Promise((closed) => server.close(closed))
  await rename(`${path}.kept`, path)
}
