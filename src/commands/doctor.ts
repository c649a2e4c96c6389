import { aDay, anHour, dateTimeWords } from '../calendar.ts'
import { backupOf, oldestDrillMs } from '../record/backup.ts'
import { manifestsIn } from '../record/backup-folder.ts'
import { lastDrills } from '../record/drills.ts'
import { gatherFacts } from '../record/facts.ts'
import { messageOf } from '../record/faults.ts'
import { examineRecord, freeBytes } from '../record/health.ts'
import { sealedSources } from '../record/source-secrets.ts'
import type { Command, Room } from './command.ts'
import { doors } from './doctor-doors.ts'
import { isOnSameDisk } from './keeping.ts'

export const doctor: Command = {
  name: 'doctor',
  help: `npm run doctor [-- --thorough]
  Says how the configuration, the record, its disk, the sources, mail and backups are: a line each, with what to do.
  --thorough   also checks every index against its table: slower, and a running server waits for it
  Exit 0 when nothing is at fault, 1 when something is. Example: npm run doctor -- --thorough`,
  async run(words, room) {
    const stray = words.find((word) => word !== '--thorough')
    if (stray !== undefined) {
      room.complain(`doctor knows no ${JSON.stringify(stray)}.\n${doctor.help}`)
      return 2
    }
    const findings = await examine(room, { thorough: words.includes('--thorough') })
    for (const finding of findings) room.say(inOneLine(finding))
    return findings.some(({ state }) => state === 'fault') ? 1 : 0
  },
}

/** 'note': nothing is wrong, but somebody may think it is there when it is not. */
interface Finding {
  state: 'ok' | 'note' | 'fault'
  about: string
  says: string
  mend?: string
}

async function examine(room: Room, { thorough }: { thorough: boolean }): Promise<Finding[]> {
  return [
    configuration(room),
    ...(await record(room, thorough)),
    ...(await sources(room)),
    ...(await secrets(room)),
    ...(await doors(room)),
    mail(room),
    await backup(room),
  ]
}

function configuration({ settings, now }: Room): Finding {
  const { rhythm, frozenAt, publicUrl } = settings
  const time = `${String(rhythm.hour).padStart(2, '0')}:${String(rhythm.minute).padStart(2, '0')}`
  const says = `meets at ${time} ${rhythm.zone}, links to ${publicUrl.origin}, node ${process.version}`
  if (frozenAt === null) return { state: 'ok', about: 'configuration', says }
  return {
    state: 'note',
    about: 'configuration',
    says: `${says}, clock frozen at ${now().toISOString()}`,
    mend: 'unset MUSTER_NOW for the present',
  }
}

async function record({ db, settings }: Room, thorough: boolean): Promise<Finding[]> {
  const remote = !settings.databaseUrl.startsWith('file:')
  const health = await examineRecord(db, { remote, thorough })
  const where = remote ? 'on a libSQL server' : settings.folder
  const faults = [
    ...health.settings,
    ...health.damage,
    ...(health.strays > 0 ? [`${health.strays} rows refer to what is not there`] : []),
  ]
  const says = `${where}, ${inMegabytes(health.bytes)}, SQLite ${health.sqlite}, schema ${health.migrations}, born ${db.bornAt.toISOString()}`
  const finding: Finding =
    faults.length === 0
      ? { state: 'ok', about: 'record', says: `${says}, sound` }
      : {
          state: 'fault',
          about: 'record',
          says: `${where}: ${fewOf(faults)}`,
          mend: 'stop Muster, keep a copy of the folder, restore a snapshot',
        }
  return remote ? [finding] : [finding, await disk(settings.folder, health.bytes)]
}

function fewOf(faults: readonly string[]): string {
  return faults.length <= 3 ? faults.join('; ') : `${faults.slice(0, 3).join('; ')} and ${faults.length - 3} more`
}

async function disk(folder: string, recordBytes: number): Promise<Finding> {
  const free = await freeBytes(folder)
  const wanted = Math.max(200 * megabyte, 2 * recordBytes)
  const says = `${inMegabytes(free)} free`
  if (free >= wanted) return { state: 'ok', about: 'disk', says }
  return {
    state: 'fault',
    about: 'disk',
    says,
    mend: `make room: ${inMegabytes(wanted)} are needed to grow and to keep a snapshot`,
  }
}

async function sources({ db, settings, now }: Room): Promise<Finding[]> {
  const at = now()
  const facts = await gatherFacts(db, { at, rhythm: settings.rhythm })
  const heard = facts.sources.map((source): Finding => {
    const last = source.lastHeardAt
      ? `last heard ${dateTimeWords(source.lastHeardAt, settings.rhythm.zone)}`
      : 'never heard'
    if (!source.silent) return { state: 'ok', about: `source ${source.name}`, says: last }
    const limit =
      source.silenceMs >= 2 * aDay
        ? `${Math.round(source.silenceMs / aDay)} days`
        : `${Math.round(source.silenceMs / anHour)} hours`
    return {
      state: 'fault',
      about: `source ${source.name}`,
      says: `${last}, silent for more than ${limit}`,
      mend: 'see whether the tool still sends here',
    }
  })
  const { waiting, unreadable } = facts.deliveries
  const kept: Finding =
    unreadable > 0
      ? {
          state: 'fault',
          about: 'deliveries',
          says: `${unreadable} could not be read, ${waiting} wait`,
          mend: 'see why at /sources and replay them',
        }
      : { state: 'ok', about: 'deliveries', says: `all could be read, ${waiting} wait` }
  const none: Finding = {
    state: 'note',
    about: 'sources',
    says: 'none has been heard yet',
    mend: 'post to /sources/alertmanager, or npm run import',
  }
  return heard.length === 0 ? [none, kept] : [...heard, kept]
}

async function secrets({ db, settings }: Room): Promise<Finding[]> {
  const sealed = await sealedSources(db, settings.key)
  if (sealed.length === 0) return []
  return [
    {
      state: 'fault',
      about: 'secrets',
      says: `those of ${sealed.join(', ')} cannot be opened, so that nothing of them is let in`,
      mend: 'start with the MUSTER_KEY they were sealed with, or retire them at /sources',
    },
  ]
}

/** Whether everything would still be there if this machine were gone, and whether that was tried lately. */
async function backup({ db, settings, now }: Room): Promise<Finding> {
  const at = now()
  const about = 'backup'
  const { branch, shipped } = await backupOf(db, settings).catch((error) => ({ branch: '', shipped: messageOf(error) }))
  if (typeof shipped === 'string')
    return { state: 'fault', about, says: shipped, mend: 'name a folder that can be written as MUSTER_BACKUP' }

  const [last] = (await manifestsIn(branch)).toReversed()
  const { last: drill, lastGoodAt } = await lastDrills(db, at)
  const says = [
    last ? `last snapshot ${dateTimeWords(new Date(last.takenAt), settings.rhythm.zone)}` : 'no snapshot yet',
    drill ? `last drill ${drill.fault ?? 'good'}, ${dateTimeWords(drill.at, settings.rhythm.zone)}` : 'no drill yet',
    `in ${branch}`,
  ].join(', ')
  if (drill?.fault)
    return { state: 'fault', about, says, mend: 'npm run verify says what is wrong; npm run backup makes anew' }
  if (!lastGoodAt || at.getTime() - lastGoodAt.getTime() > oldestDrillMs)
    return { state: 'note', about, says, mend: 'npm run drill tries whether it can be restored' }
  if (await isOnSameDisk(settings))
    return { state: 'note', about, says, mend: 'it lies on the record’s own disk: name another as MUSTER_BACKUP' }
  return { state: 'ok', about, says }
}

function mail({ settings }: Room): Finding {
  if (settings.smtpUrl !== null)
    return { state: 'ok', about: 'mail', says: `goes through ${new URL(settings.smtpUrl).host}` }
  return { state: 'note', about: 'mail', says: 'is not set up', mend: 'set SMTP_URL and MAIL_FROM' }
}

function inOneLine({ state, about, says, mend }: Finding): string {
  return `${state.padEnd(5)}  ${about}: ${says}${mend ? ` - ${mend}` : ''}`
}

const megabyte = 1024 * 1024

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / megabyte).toLocaleString('en')} MB`
}
