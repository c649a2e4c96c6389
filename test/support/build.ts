import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'

/** Before the first test: whatever starts Muster starts what `npm start` starts. What cannot be built cannot be started. */
export function setup(): void {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) rmSync('dist/muster', { recursive: true, force: true })
}
