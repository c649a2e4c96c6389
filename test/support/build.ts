import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    births: string // the folder of the empty records that tests copy
  }
}

/** Before the first test: whatever starts Muster starts what `npm start` starts. What cannot be built cannot be started. */
export function setup({ provide }: TestProject): () => void {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) rmSync('dist/muster', { recursive: true, force: true })
  const births = mkdtempSync(join(tmpdir(), 'muster-births-'))
  provide('births', births)
  return () => rmSync(births, { recursive: true, force: true })
}
