import { execFileSync } from 'node:child_process'

/** Before the first test: whatever starts Muster starts what `npm start` starts. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'])
}
