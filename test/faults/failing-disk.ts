import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { changes } from '../../src/record/schema.ts'
import { built, openHere } from './kills.ts'

export interface FailingDisk {
  exitCode: number | null
  acknowledged: number
  lost: number
}

/** The disk fails to flush from the sixtieth time on (strace tells it to). null = strace is not there, or may not. */
export async function failTheDisk(): Promise<FailingDisk | null> {
  if (spawnSync('strace', ['-o', '/dev/null', process.execPath, '--version']).status !== 0) return null
  const folder = await mkdtemp(join(tmpdir(), 'muster-eio-'))
  try {
    const script = join(await built(), 'writer.js')
    const fault = ['-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:error=EIO:when=60+']
    const words = [process.execPath, script, folder, 'eio', 'strong']
    const writer = spawn('strace', ['-f', '-o', '/dev/null', ...fault, ...words], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const said: string[] = []
    const lines = createInterface({ input: writer.stdout }).on('line', (line) => said.push(line))
    const [[exitCode]] = await Promise.all([once(writer, 'exit'), once(lines, 'close')])
    const acknowledged = said.filter((line) => line !== 'ready')
    return { exitCode, acknowledged: acknowledged.length, lost: await missing(folder, acknowledged) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function missing(folder: string, acknowledged: readonly string[]): Promise<number> {
  const db = await openHere(folder)
  const there = new Set((await db.orm.select({ id: changes.id }).from(changes)).map(({ id }) => id))
  await db.close()
  return acknowledged.filter((id) => !there.has(id)).length
}
