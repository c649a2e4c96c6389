import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Logger } from 'pino'
import { createApp } from '../app.tsx'
import { startClock } from '../clock.ts'
import { ConfigError, type Settings } from '../config.ts'
import { type Asked, listenForCommands, type Voice } from '../control.ts'
import { CannotListenError, type Listening, listen } from '../listen.ts'
import { openLog } from '../log.ts'
import { openLetterBox } from '../mail.ts'
import { passToDeputies } from '../meeting/hand-over.ts'
import { isLoopback } from '../networks.ts'
import { openOutgoing } from '../outgoing.ts'
import { postJobs } from '../post/office.ts'
import { writeWaiting } from '../record/audit.ts'
import { type Db, openRecord } from '../record/db.ts'
import { messageOf } from '../record/faults.ts'
import { noteStrike } from '../record/health.ts'
import { keepUses } from '../record/last-uses.ts'
import { isLocked } from '../record/sessions.ts'
import { ingestWaiting } from '../sources/deliveries.ts'
import { pullDue } from '../sources/pulling.ts'
import type { MorningKind } from '../sources/sample-fortnight.ts'
import type { ExitCode } from './command.ts'
import { isOnSameDisk, keepBackup } from './keeping.ts'
import { firstLink } from './sign-in.ts'
import { findCommand } from './words.ts'

export const help = {
  serve: `npm start
  Serves the record of MUSTER_DATA (./data) at http://localhost:3000, until SIGTERM or Ctrl-C.
  Example: PORT=4000 MUSTER_ZONE=Europe/Berlin npm start`,
  demo: `npm run demo
  Serves the sample fortnight, ending this morning, on a throwaway record.
  --quiet   a morning on which nothing happened
  --huge    the same story and 1,800 alarms
  --empty   nobody has said anything yet
  Example: PORT=4000 npm run demo`,
}

/** What whoever starts the server lends it: a clock, a voice and an end. */
export interface Outside {
  now: () => Date
  voice: Voice
  exit(code: number): never
}

/** Serves until told to stop. 0 = stopped as asked, 1 = could not listen; throws what keeps the record or the settings shut. */
export async function serve(settings: Settings, outside: Outside): Promise<ExitCode> {
  return serveRecord(settings, outside, null)
}

export async function serveDemo(
  settings: Settings,
  outside: Outside,
  kind: MorningKind = 'ordinary',
): Promise<ExitCode> {
  if (!isLoopback(settings.host))
    throw new ConfigError('HOST', `is "${settings.host}", but the demo lets everybody in: loopback only`, '127.0.0.1')
  const folder = await mkdtemp(join(tmpdir(), 'muster-demo-'))
  const databaseUrl = pathToFileURL(join(folder, 'muster.db')).href
  try {
    return await serveRecord({ ...settings, folder, databaseUrl, databaseToken: null }, outside, kind)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function serveRecord(settings: Settings, outside: Outside, demo: MorningKind | null): Promise<ExitCode> {
  const { now, voice, exit } = outside
  const log = openLog()
  failFast(log, exit)
  const sample = demo ? await import('./demo.ts') : null
  const db = await openRecord(settings, {
    now: sample ? sample.sampleBirth(now(), settings.rhythm) : now(),
    clock: now,
    onFatal: ({ why, cause, exitCode }) => {
      log.fatal({ exitCode, cause: messageOf(cause) }, why)
      exit(exitCode)
    },
  })
  if (sample && demo) await sample.fillDemo(db, settings, now(), demo)

  const letterBox = openLetterBox(settings)
  const app = createApp({
    db,
    settings,
    now,
    demo: demo !== null,
    mail: letterBox,
    log: ({ error, ...where }) => log.error({ ...where, err: error }, 'failed'),
    tell: (line) => log.info(line, 'asked'),
  })
  const listening = await listen(app, settings).catch((error) => unheard(error, voice))
  if (listening === null) {
    await db.close()
    return 1
  }
  const control = await listenForCommands(settings.folder, (asked, voice) =>
    obeyHere(asked, voice, { db, settings, now }),
  )
  const onFault = (job: string, fault: unknown) => log.error({ job, err: fault }, 'a job failed')
  const pulling = {
    outgoing: openOutgoing({ allow: settings.allowNetworks }),
    key: settings.key,
    zone: settings.rhythm.zone,
  }
  const keeping = demo === null ? keepBackup(db, settings, { now, onFault }) : null
  const clock = startClock(
    [
      { name: 'strike', run: async (at) => noteStrike(db, at) },
      ...(keeping ? [keeping.job] : []),
      { name: 'ingest', run: (at) => ingestWaiting(db, at) },
      { name: 'deputies', run: (at) => passToDeputies(db, at) },
      // A clock that stands still is a replay: nobody is asked what they say today.
      ...(settings.frozenAt ? [] : [{ name: 'pull', run: (at: Date) => pullDue(db, { ...pulling, now: at }) }]),
      ...(settings.frozenAt
        ? []
        : postJobs(db, { ...settings, outgoing: pulling.outgoing, box: letterBox, now, startedAt: now(), onFault })),
      { name: 'audit', run: () => Promise.all([keepUses(db), writeWaiting(db)]) },
    ],
    { now, onFault },
  )
  greet(voice, settings, listening)
  if (demo === null) await sayWhoMay(voice, { db, settings, at: now() })
  log.info({ port: listening.port }, 'ready')
  if (demo === null && (await isOnSameDisk(settings)))
    log.warn(
      { backup: settings.backupFolder },
      'the backup lies on the record’s own disk: name a folder on another one as MUSTER_BACKUP',
    )

  const signal = await firstSignal()
  log.info({ signal }, 'stopping')
  setTimeout(() => exit(1), longestStopMs).unref()
  keeping?.abandon()
  await Promise.all([listening.stop(graceMs), control.close(graceMs), clock.stop()])
  letterBox?.close()
  await Promise.all([keepUses(db, 0), writeWaiting(db)])
  await keeping?.stop()
  await db.close()
  log.info('stopped')
  return 0
}
const graceMs = 7_000
const longestStopMs = 9_500

// Nobody knows what state a program is in after a surprise; the record is safe, so it ends and is started afresh.
function failFast(log: Logger, exit: Outside['exit']): void {
  const end = (error: unknown) => {
    log.fatal({ err: error }, 'unexpected')
    exit(1)
  }
  process.on('uncaughtException', end).on('unhandledRejection', end)
}

function unheard(error: unknown, voice: Voice): null {
  if (!(error instanceof CannotListenError)) throw error
  voice.complain(error.message)
  return null
}

async function obeyHere({ word, words, folder, terminal }: Asked, voice: Voice, open: Opened): Promise<ExitCode> {
  try {
    const command = await findCommand(word)
    if (command) return await command.run(words, { ...open, ...voice, folder, terminal })
    voice.complain(`The server knows no command ${JSON.stringify(word)}: it is of another version.`)
    return 2
  } catch (error) {
    voice.complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return 1
  }
}
interface Opened {
  db: Db
  settings: Settings
  now: () => Date
}

function greet({ say }: Voice, settings: Settings, { port }: Listening): void {
  const host = settings.host === '127.0.0.1' ? 'localhost' : settings.host
  say(`Muster is at http://${host.includes(':') ? `[${host}]` : host}:${port}`)
  if (settings.frozenAt) say(`Its clock stands still at ${settings.frozenAt.toISOString()}.`)
  say(`Bring facts in: npm run import -- incidents FILE.csv, or have Alertmanager post to /sources/alertmanager.`)
}

/** Whom the house is open to, and how the first administrator locks it. */
async function sayWhoMay(
  { say }: Voice,
  { db, settings, at }: { db: Db; settings: Settings; at: Date },
): Promise<void> {
  const link = await firstLink(db, settings, at)
  const isOpen = isLoopback(settings.host) && settings.doors.provider === null && !(await isLocked(db))
  if (isOpen) say('It is open on this machine only, until the first administrator signs in.')
  if (link !== null) say(`First administrator: open this once, within the hour, and confirm: ${link}`)
}

function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((told) => {
    process.once('SIGTERM', told).once('SIGINT', told)
  })
}
