import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Found } from './examining.ts'
import type { Rebuilding, Rebuilt } from './rebuilding.ts'
import type { Verified, Verifying } from './verifying.ts'

/** Work on copies that would hold up everybody: it is done by a process of its own. */
export interface Tasks {
  copy: { asked: { from: string; to: string }; answered: Found }
  rebuild: { asked: Rebuilding; answered: Rebuilt }
  verify: { asked: Verifying; answered: Verified }
}

/** Throws what that process complained of. */
export async function apart<Task extends keyof Tasks>(
  task: Task,
  asked: Tasks[Task]['asked'],
): Promise<Tasks[Task]['answered']> {
  const child = spawn(process.execPath, [...program(), task, JSON.stringify(asked)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [said, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  if (code !== 0) throw new Error(complained.trim() || `the process apart ended with ${code}`)
  return JSON.parse(said) as Tasks[Task]['answered'] // it is this program's own
}

// The source runs through tsx; `npm run build` lays the bundle of it beside the program's own.
function program(): string[] {
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const tsx = () => createRequire(import.meta.url).resolve('tsx')
  return import.meta.url.endsWith('.ts') ? ['--import', tsx(), here('working-apart.ts')] : [here('apart.js')]
}
