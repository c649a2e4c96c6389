import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Makes what was written to a file, or what was named in a folder, outlast a power cut. */
export async function flush(path: string): Promise<void> {
  const opened = await open(path, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}

/** A file that is there under its name is whole: what is half written has another one. */
export const half = (path: string) => `${path}.tmp`

/** Gives what was written under the half name its own, for good. */
export async function finish(path: string): Promise<void> {
  await flush(half(path))
  await rename(half(path), path)
  await flush(dirname(path))
}

export async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(half(path), text)
  await finish(path)
}

/** Takes away what a killed process left half written. */
export async function sweepHalves(folder: string): Promise<void> {
  const halves = (await readdir(folder)).filter((name) => /\.tmp(-wal|-shm|-journal)?$/.test(name))
  for (const name of halves) await rm(join(folder, name), { force: true })
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
