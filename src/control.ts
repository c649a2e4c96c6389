import { createHash } from 'node:crypto'
import { lstatSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ExitCode } from './commands/command.ts'

/** A command as typed, with the folder its paths are meant from. */
export interface Asked {
  word: string
  words: readonly string[]
  folder: string
  terminal: boolean
}
/** What a command says while it runs, line by line. */
export interface Voice {
  say(line: string): void
  complain(line: string): void
  progress(text: string): void
}
export interface Control {
  /** Takes no more commands and waits `graceMs` for those under way. */
  close(graceMs: number): Promise<void>
}

/** Listens for the commands of this data folder. The caller holds the record, so a socket found there is a dead server's. */
export async function listenForCommands(
  folder: string,
  run: (asked: Asked, voice: Voice) => Promise<ExitCode>,
): Promise<Control> {
  const path = socketPath(folder)
  await rm(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    void answer(socket, run)
  })
  await new Promise<void>((listening, failed) => {
    const before = process.umask(0o177)
    server.once('error', failed).listen(path, listening)
    process.umask(before)
  })
  return { close: (graceMs) => close(server, sockets, graceMs) }
}

/** Hands the command to the server of this data folder and tells what it says. null = no server is there. */
export function askServer(folder: string, asked: Asked, voice: Voice): Promise<ExitCode | null> {
  const path = ownSocket(folder)
  if (path === null) return Promise.resolve(null)
  const socket = connect(path)
  const heard: { server: boolean; code: ExitCode | null } = { server: false, code: null }
  socket.once('connect', () => {
    heard.server = true
    socket.write(`${JSON.stringify(asked)}\n`)
  })
  const lines = createInterface({ input: socket }).on('line', (line) => {
    const said = fromOurselves<Said>(line)
    if (said.as === 'exit') heard.code = said.code
    else voice[said.as](said.text)
  })
  for (const end of [socket, lines]) end.on('error', () => undefined)
  return new Promise((answered) => {
    socket.once('close', () => {
      if (heard.server && heard.code === null) voice.complain('The server ended before it had answered.')
      answered(heard.code ?? (heard.server ? 1 : null))
    })
  })
}

/** In the data folder; where that path is too long for a socket's name, a short one of the same folder's own. */
export function socketPath(folder: string): string {
  const here = join(realpathSync(folder), 'control.sock')
  if (Buffer.byteLength(here) <= longestPath) return here
  return join(tmpdir(), `muster-${createHash('sha256').update(here).digest('hex').slice(0, 16)}.sock`)
}
const longestPath = 100

type Said = { as: keyof Voice; text: string } | { as: 'exit'; code: ExitCode }

async function close(server: Server, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  const hangUp = setTimeout(() => hangUpOn(sockets), graceMs)
  await closed
  clearTimeout(hangUp)
}

function hangUpOn(sockets: Iterable<Socket>): void {
  for (const socket of sockets) socket.destroy()
}

async function answer(socket: Socket, run: (asked: Asked, voice: Voice) => Promise<ExitCode>): Promise<void> {
  const tell = (said: Said) => socket.writable && socket.write(`${JSON.stringify(said)}\n`)
  socket.on('error', () => undefined)
  const lines = createInterface({ input: socket }).on('error', () => undefined)
  for await (const line of lines) {
    const code = await run(fromOurselves<Asked>(line), {
      say: (text) => tell({ as: 'say', text }),
      complain: (text) => tell({ as: 'complain', text }),
      progress: (text) => tell({ as: 'progress', text }),
    })
    tell({ as: 'exit', code })
    socket.end()
    return
  }
}

// Safe: both ends are this program, and the socket lets nobody but its own user in.
function fromOurselves<Line>(line: string): Line {
  return JSON.parse(line) as Line
}

// The temp dir is everybody's: only a socket of our own user is spoken to.
function ownSocket(folder: string): string | null {
  try {
    const path = socketPath(folder)
    const found = lstatSync(path)
    return found.isSocket() && (found.uid === userInfo().uid || userInfo().uid === -1) ? path : null
  } catch {
    return null
  }
}
