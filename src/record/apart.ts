import { type ChildProcess, spawn } from 'node:child_process'
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

/** Muster stops: nobody waits for what was being done. */
export class AbandonedError extends Error {
  override name = 'AbandonedError'
}
const underWay = new Map<ChildProcess, { abandoned: boolean }>()

/** Ends all that is being done apart. */
export function abandonWorkApart(): void {
  for (const [child, state] of underWay) {
    state.abandoned = true
    child.kill('SIGKILL')
  }
}

/** Throws what that process complained of, and AbandonedError. */
export async function apart<Task extends keyof Tasks>(
  task: Task,
  asked: Tasks[Task]['asked'],
): Promise<Tasks[Task]['answered']> {
  const said = await toldApart(programApart(import.meta.url, 'working-apart', 'apart'), [task, JSON.stringify(asked)])
  return JSON.parse(said) as Tasks[Task]['answered'] // it is this program's own
}

/** What a program of ours says when it is run with those words; throws as above. */
export async function toldApart(program: readonly string[], words: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  const state = { abandoned: false }
  underWay.set(child, state)
  const [said, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  underWay.delete(child)
  if (state.abandoned) throw new AbandonedError('Muster is stopping')
  if (code !== 0) throw new Error(complained.trim() || `the process apart ended with ${code}`)
  return said
}

// The source runs through tsx; `npm run build` lays the bundle of it beside the program's own.
export function programApart(from: string, source: string, bundled = source): string[] {
  const beside = (name: string) => fileURLToPath(new URL(name, from))
  const tsx = () => createRequire(import.meta.url).resolve('tsx')
  return from.endsWith('.ts') ? ['--import', tsx(), beside(`${source}.ts`)] : [beside(`${bundled}.js`)]
}
