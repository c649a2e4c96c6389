import type { Command, ExitCode } from './commands/command.ts'
import { commandWords, findCommand } from './commands/words.ts'
import { ConfigError, readConfig, type Settings } from './config.ts'
import { askServer, type Voice } from './control.ts'
import type { Db } from './record/db.ts'
import { messageOf, RecordInUseError, RecordRefusedError, RecordUnavailableError } from './record/faults.ts'

const aloud: Voice = {
  say: (line) => void process.stdout.write(`${wipe()}${line}\n`),
  complain: (line) => void process.stderr.write(`${wipe()}${line}\n`),
  progress: (text) => void (process.stderr.isTTY && process.stderr.write(`${wipe()}${text}`)),
}
// The reader of our output may leave before its end: `npm run agenda | head`.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await main(process.argv.slice(2)).catch(failure)

async function main([word = '', ...rest]: string[]): Promise<ExitCode> {
  if (word === '--help' || word === 'help') return usage(aloud.say, 0)
  if (word === 'serve' || word === 'demo') return serveOrDemo(word, rest)
  const command = await findCommand(word)
  if (command) return rest.includes('--help') ? tell(command.help) : obey(command, rest)

  aloud.complain(word === '' ? 'No command was given.' : `There is no command ${JSON.stringify(word)}.`)
  return usage(aloud.complain, 2)
}

function usage(say: (line: string) => void, code: ExitCode): ExitCode {
  say(
    `Commands: ${['serve', 'demo', ...commandWords].join(', ')}. Each explains itself, as in: npm run agenda -- --help`,
  )
  return code
}

function tell(text: string): ExitCode {
  aloud.say(text)
  return 0
}

async function serveOrDemo(word: 'serve' | 'demo', rest: string[]): Promise<ExitCode> {
  const { help, serve, serveDemo } = await import('./commands/serve.ts')
  if (rest.includes('--help')) return tell(help[word])
  const kinds = word === 'demo' ? (await import('./sources/sample-fortnight.ts')).morningKinds : []
  const kind = kinds.find((kind) => rest[0] === `--${kind}`)
  const strange = rest[kind ? 1 : 0]
  if (strange !== undefined) {
    aloud.complain(`${word} knows no ${JSON.stringify(strange)}.\n${help[word]}`)
    return 2
  }
  const settings = settingsHere()
  const outside = { now: clockOf(settings), voice: aloud, exit: (code: number) => process.exit(code) }
  return word === 'serve' ? serve(settings, outside) : serveDemo(settings, outside, kind)
}

/** In the server of the data folder when there is one; else here, on the record itself. */
async function obey(command: Command, rest: string[]): Promise<ExitCode> {
  const settings = settingsHere()
  const asked = { word: command.name, words: rest, folder: process.cwd(), terminal: process.stderr.isTTY === true }
  const ask = () => askServer(settings.folder, asked, aloud)
  const answered = await ask()
  if (answered !== null) return answered

  const now = clockOf(settings)
  const desk = { settings, now, folder: asked.folder, terminal: asked.terminal, ...aloud }
  const instead = (await command.instead?.(rest, desk).catch(nullIfInUse)) ?? null
  if (instead !== null) return instead
  const db = await openHere(settings, now).catch(nullIfInUse)
  if (db === null) return (await ask()) ?? nobodyAnswers(settings)
  try {
    return await command.run(rest, { db, ...desk })
  } finally {
    await db.close()
  }
}

function settingsHere(): Settings {
  const machineZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return readConfig(process.env, { cwd: process.cwd(), machineZone: machineZone ?? 'UTC' })
}

function clockOf({ frozenAt }: Settings): () => Date {
  return frozenAt ? () => frozenAt : () => new Date()
}

async function openHere(settings: Settings, clock: () => Date): Promise<Db> {
  const { openRecord } = await import('./record/db.ts')
  return openRecord(settings, {
    now: clock(),
    clock,
    onFatal: ({ why, cause, exitCode }) => {
      aloud.complain(`Stopped: ${why} (${messageOf(cause)}).`)
      process.exit(exitCode)
    },
  })
}

function nullIfInUse(error: unknown): null {
  if (error instanceof RecordInUseError) return null
  throw error
}

function nobodyAnswers({ folder }: Settings): ExitCode {
  aloud.complain(`The record in ${folder} is in use by another process that does not answer. Stop that process first.`)
  return 75
}

/** One sentence for what the person can mend; a bug shows where it is. */
function failure(error: unknown): ExitCode {
  const mendable = [ConfigError, RecordRefusedError, RecordUnavailableError].some((kind) => error instanceof kind)
  const words = error instanceof Error ? (mendable ? error.message : error.stack) : String(error)
  aloud.complain(words ?? messageOf(error))
  return error instanceof RecordInUseError ? 75 : 1
}

function wipe(): string {
  return process.stderr.isTTY ? '\r\x1b[2K' : ''
}
