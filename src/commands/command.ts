import type { Settings } from '../config.ts'
import type { Db } from '../record/db.ts'

/** A word typed after `npm run`. It runs where the record is open: in its own process, or inside the server that holds it. */
export interface Command {
  name: string
  help: string // usage, one flag a line, an example
  run(words: readonly string[], room: Room): Promise<ExitCode>
  /** Asked before the record is opened here, when no server has it: null = open it and run. */
  instead?(words: readonly string[], room: Omit<Room, 'db'>): Promise<ExitCode | null>
}
/** 0 done, 1 failed, 2 wrong words, 75 the record is in use and cannot be reached. */
export type ExitCode = 0 | 1 | 2 | 75
/** What a command may reach for. Paths in `words` are resolved against `folder`, the caller's. */
export interface Room {
  db: Db
  settings: Settings
  now: () => Date
  folder: string
  terminal: boolean // may show progress
  say(line: string): void // to standard output
  complain(line: string): void // to standard error
  progress(text: string): void // overwrites itself on a terminal, nothing elsewhere
}
