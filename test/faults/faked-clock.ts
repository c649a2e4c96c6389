import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runScript } from './kills.ts'

/** A clock that a program believes: libfaketime reads how far it is from the machine's out of a file. */
export interface FakedClock {
  env: Record<string, string>
  set(at: Date): void
  now(): Date
}

/**
 * null = faketime is not there. `jumps`: only the wall is set, as when a machine is woken; else the time between passes, too, and
 * what waits for a minute need not wait for it (the clock can then only be set forward).
 */
export function fakeClock(folder: string, at: Date, how: 'jumps' | 'passes'): FakedClock | null {
  const library = faketimeLibrary()
  if (library === null) return null

  const file = join(folder, 'clock')
  const away = { ms: 0 }
  const set = (wanted: Date) => {
    away.ms = wanted.getTime() - Date.now()
    writeFileSync(file, `${away.ms < 0 ? '' : '+'}${(away.ms / 1000).toFixed(3)}\n`)
  }
  set(at)
  const env = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1' }
  return {
    env: how === 'jumps' ? { ...env, FAKETIME_DONT_FAKE_MONOTONIC: '1' } : env,
    set,
    now: () => new Date(Date.now() + away.ms),
  }
}

function faketimeLibrary(): string | null {
  const { status, stdout } = spawnSync('faketime', ['-f', '+0', 'env'], { encoding: 'utf8' })
  return status === 0 ? (/^LD_PRELOAD=(.+)$/m.exec(stdout)?.[1] ?? null) : null
}

/** node-cron alone, with that clock. `struck` fills with the instants at which it ran. */
export async function bareCron(
  when: string,
  zone: string,
  env: Record<string, string>,
): Promise<{ struck: string[]; end(): Promise<void> }> {
  const child = await runScript('bare-cron.ts', [when, zone], env)
  const struck: string[] = []
  const lines = createInterface({ input: child.stdout })
  await once(lines, 'line')
  lines.on('line', (line) => struck.push(line))
  return {
    struck,
    async end() {
      child.kill('SIGKILL')
      await once(lines, 'close')
    },
  }
}
