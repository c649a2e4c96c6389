import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, read, writeSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fuse from './fuse.ts'

/** A disk that keeps what was flushed, and of the rest only what it happens to. */
export interface LazyDisk {
  folder: string // where it is mounted; never to be touched by this process itself
  /** Takes nothing more, and puts what a cut of the power would have left into a folder. */
  cut(into: string, how: 'dropped' | 'torn'): Promise<void>
  close(): Promise<void>
}

interface Piece {
  at: number
  bytes: Buffer
}
interface Lazy {
  node: bigint
  now: Buffer // as programs see it
  flushed: Buffer // as it was when it was last flushed
  since: Piece[] // what was written after that
}
const sector = 512

/** Mounts it with the files of a folder, all of them flushed. null = it cannot be mounted here. */
export async function mountLazyDisk(seed: string): Promise<LazyDisk | null> {
  if (!existsSync('/dev/fuse')) return null
  const folder = await mkdtemp(join(tmpdir(), 'muster-lazy-'))
  const device = openSync('/dev/fuse', 'r+')
  const options = 'fd=3,rootmode=40000,user_id=0,group_id=0,default_permissions'
  const mounted = spawnSync('mount', ['-i', '-t', 'fuse', '-o', options, 'muster-lazy', folder], {
    stdio: ['ignore', 'ignore', 'ignore', device],
  })
  if (mounted.status !== 0) {
    closeSync(device)
    await rm(folder, { recursive: true })
    return null
  }
  const files = new Map<string, Lazy>()
  for (const name of await readdir(seed)) {
    const bytes = await readFile(join(seed, name))
    files.set(name, { node: BigInt(files.size + 2), now: bytes, flushed: Buffer.from(bytes), since: [] })
  }
  const state = { isCut: false }
  const ended = serve(device, (request) =>
    state.isCut ? fuse.answerTo(request, undefined, fuse.fault.gone) : reply(files, request),
  )
  return {
    folder,
    async cut(into, how) {
      state.isCut = true
      for (const [name, file] of files) await writeFile(join(into, name), leftOf(file, how))
    },
    async close() {
      spawnSync('umount', ['--force', '--lazy', folder])
      await ended // a device that is closed under a reader's hands is another file's number by the time it reads
      closeSync(device)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Ends when the disk is unmounted: only then is there nothing left to read from its device. */
async function serve(device: number, answer: (request: fuse.Request) => Buffer | null): Promise<void> {
  const bytes = Buffer.alloc(fuse.mostWritten + 4096)
  for (;;) {
    const length = await lengthOfNext(device, bytes)
    if (length === null) return
    const told = answer(fuse.requestIn(Buffer.from(bytes.subarray(0, length))))
    if (told) tell(device, told)
  }
}

/** null = unmounted. An asker who gave up before being heard is no reason to stop listening. */
function lengthOfNext(device: number, bytes: Buffer): Promise<number | null> {
  return new Promise((take) =>
    read(device, bytes, 0, bytes.length, null, (error, length) => {
      if (!error) take(length)
      else if (error.code === 'ENOENT' || error.code === 'EINTR' || error.code === 'EAGAIN')
        take(lengthOfNext(device, bytes))
      else take(null)
    }),
  )
}

// Who asked may have been killed, or the disk unmounted, meanwhile: then nobody waits for the answer.
const gone = new Set<unknown>(['ENOENT', 'ENODEV', 'EPERM', 'ECONNABORTED'])
function tell(device: number, told: Buffer): void {
  try {
    writeSync(device, told)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && gone.has(error.code))) throw error
  }
}

function reply(files: Map<string, Lazy>, request: fuse.Request): Buffer | null {
  const { asked, node, body } = request
  const file = [...files.values()].find((one) => one.node === node)
  const fine = (out?: Buffer) => fuse.answerTo(request, out)
  switch (asked) {
    case fuse.ask.init:
      return fine(fuse.initOut())
    case fuse.ask.forget:
    case fuse.ask.forgetMany:
      return null
    case fuse.ask.lookup:
      return named(files.get(fuse.nameIn(body)), request)
    case fuse.ask.create: {
      const made = {
        node: BigInt(Date.now() * 1000 + files.size),
        now: Buffer.alloc(0),
        flushed: Buffer.alloc(0),
        since: [],
      }
      files.set(fuse.nameIn(body.subarray(16)), made)
      return fine(Buffer.concat([fuse.entryOut(made.node, 0), fuse.openOut()]))
    }
    case fuse.ask.unlink:
      files.delete(fuse.nameIn(body))
      return fine()
    case fuse.ask.getattr:
      return fine(fuse.attrOut(node, node === fuse.root ? null : (file?.now.length ?? 0)))
    case fuse.ask.setattr:
      if (file && body.readUInt32LE(0) & 8) resize(file, Number(body.readBigUInt64LE(16)))
      return fine(fuse.attrOut(node, node === fuse.root ? null : (file?.now.length ?? 0)))
    case fuse.ask.read: {
      const from = Number(body.readBigUInt64LE(8))
      return fine(file?.now.subarray(from, from + body.readUInt32LE(16)))
    }
    case fuse.ask.write: {
      const [at, size] = [Number(body.readBigUInt64LE(8)), body.readUInt32LE(16)]
      if (file) put(file, { at, bytes: Buffer.from(body.subarray(40, 40 + size)) })
      return fine(fuse.wroteOut(size))
    }
    case fuse.ask.fsync:
      if (file) Object.assign(file, { flushed: Buffer.from(file.now), since: [] })
      return fine()
    case fuse.ask.open:
    case fuse.ask.opendir:
      return fine(fuse.openOut())
    case fuse.ask.statfs:
      return fine(fuse.statfsOut())
    case fuse.ask.flush:
    case fuse.ask.release:
    case fuse.ask.releasedir:
    case fuse.ask.fsyncdir:
    case fuse.ask.access:
    case fuse.ask.readdir:
      return fine()
    default:
      return fuse.answerTo(request, undefined, fuse.fault.notDone)
  }
}

function named(file: Lazy | undefined, request: fuse.Request): Buffer {
  return file
    ? fuse.answerTo(request, fuse.entryOut(file.node, file.now.length))
    : fuse.answerTo(request, undefined, fuse.fault.notThere)
}

function put(file: Lazy, piece: Piece): void {
  const end = piece.at + piece.bytes.length
  if (end > file.now.length) file.now = Buffer.concat([file.now, Buffer.alloc(end - file.now.length)])
  piece.bytes.copy(file.now, piece.at)
  file.since.push(piece)
}

// A file that is cut shorter is cut at once: what was in it is gone either way.
function resize(file: Lazy, size: number): void {
  const fitted = (bytes: Buffer) =>
    Buffer.concat([bytes.subarray(0, size), Buffer.alloc(Math.max(0, size - bytes.length))])
  file.now = fitted(file.now)
  file.since = file.since.filter(({ at }) => at < size)
}

/** dropped: only what was flushed. torn: of the rest, sector by sector, some and not others. */
function leftOf({ flushed, since }: Lazy, how: 'dropped' | 'torn'): Buffer {
  if (how === 'dropped') return flushed
  const end = Math.max(flushed.length, ...since.map(({ at, bytes }) => at + bytes.length))
  const left = Buffer.concat([flushed, Buffer.alloc(end - flushed.length)])
  for (const { at, bytes } of since)
    for (let from = 0; from < bytes.length; from += sector)
      if (Math.random() < 0.5) bytes.subarray(from, from + sector).copy(left, at + from)
  return left
}
