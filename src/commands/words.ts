import type { Command } from './command.ts'

// A word loads only what it needs: the server starts without the importer, the agenda without the server.
const modules: Readonly<Record<string, () => Promise<object>>> = {
  agenda: () => import('./agenda.ts'),
  import: () => import('./import.ts'),
  export: () => import('./export.ts'),
  digest: () => import('./digest.ts'),
  doctor: () => import('./doctor.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  verify: () => import('./verify.ts'),
  drill: () => import('./drill.ts'),
  'sign-in': () => import('./sign-in.ts'),
  token: () => import('./token.ts'),
}

/** The commands that run where the record is open. */
export const commandWords: readonly string[] = Object.keys(modules)

export async function findCommand(word: string): Promise<Command | undefined> {
  const load = Object.hasOwn(modules, word) ? modules[word] : undefined
  return load && Object.values(await load()).find(isCommand)
}

function isCommand(value: unknown): value is Command {
  return typeof value === 'object' && value !== null && 'name' in value && 'help' in value && 'run' in value
}
