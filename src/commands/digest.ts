import { stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { dueOn, isDay, parseInstant } from '../calendar.ts'
import { asEml, type Letter, openLetterBox } from '../mail.ts'
import { rehearse, type Telling, tellingAt, toldBefore } from '../post/editions.ts'
import { digestMail, messageId } from '../post/letters.ts'
import { drawPictures } from '../post/pictures.ts'
import { findMeeting } from '../record/meetings.ts'
import { findPerson } from '../record/people.ts'
import { preferenceOf } from '../record/preferences.ts'
import type { Person } from '../record/shapes.ts'
import type { Command, ExitCode, Room } from './command.ts'

export const digest: Command = {
  name: 'digest',
  help: `npm run digest [-- --date DAY] [--at INSTANT] [--to ADDRESS] [--dry-run] [--out FILE.eml|FOLDER]
  Writes the digest of a morning and sends it to one person, outside the schedule; with --dry-run it only shows it.
  --date DAY      that day's meeting: as it was left, or as it is to be held (default: this morning's)
  --at INSTANT    as it would have been written then: 2026-11-23T07:00, in the meeting's zone
  --to ADDRESS    to whom, with their variant and zone where we know them (needed unless it is a dry run)
  --dry-run       print subject and plain text, send nothing
  --out FILE.eml  also keep the whole mail, as it goes over the wire, in a file; in a folder it is digest-DAY.eml
  Example: npm run digest -- --date 2026-11-23 --to ana@example.com --dry-run`,
  async run(words, room) {
    const asked = read(words)
    if (typeof asked === 'string') return refuse(asked, room)
    const telling = await tellingOf(asked, room)
    if (typeof telling === 'string') return refuse(telling, room)

    const letter = await write(telling, asked, room)
    if (asked.out !== undefined) {
      const path = await fileAt(resolve(room.folder, asked.out), telling.day)
      await writeFile(path, await asEml(letter, room.settings))
      room.say(`Written to ${path}`)
    }
    return asked.dryRun ? show(letter, room) : send(letter, room)
  },
}

interface Asked {
  date?: string
  at?: string
  to?: string
  out?: string
  dryRun: boolean
}

const values: Readonly<Record<string, 'date' | 'at' | 'to' | 'out'>> = {
  '--date': 'date',
  '--at': 'at',
  '--to': 'to',
  '--out': 'out',
}

/** A string is what is wrong with the words, and the mend. */
function read(words: readonly string[]): Asked | string {
  const asked: Asked = { dryRun: false }
  const rest = words.flatMap((word) => /^(--[a-z-]+)=(.*)$/.exec(word)?.slice(1) ?? word)
  for (let place = 0; place < rest.length; place++) {
    const word = rest[place] ?? ''
    const name = values[word]
    if (word === '--dry-run') asked.dryRun = true
    else if (name === undefined) return `digest knows no ${JSON.stringify(word)}`
    else {
      const value = rest[++place]
      if (value === undefined || value.startsWith('--')) return `${word} needs a value`
      asked[name] = value
    }
  }
  if (asked.date !== undefined && asked.at !== undefined) return 'give either --date or --at, not both'
  if (asked.to !== undefined && !/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(asked.to))
    return `${JSON.stringify(asked.to)} is not a mail address`
  return asked.to === undefined && !asked.dryRun ? 'say to whom: --to ADDRESS, or look at it with --dry-run' : asked
}

async function fileAt(path: string, day: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() ? join(path, `digest-${day}.eml`) : path
}

async function tellingOf({ date, at }: Asked, { db, settings, now }: Room): Promise<Telling | string> {
  const { rhythm } = settings
  if (at !== undefined) {
    const instant = instantOf(at, rhythm.zone)
    return typeof instant === 'string' ? instant : tellingAt(db, rhythm, instant)
  }
  if (date === undefined) return tellingAt(db, rhythm, now())
  if (!isDay(date)) return `${JSON.stringify(date)} is not a day; write for example 2026-11-23`

  const held = await findMeeting(db, date)
  const due = held?.closedAt ?? held?.cutOff ?? dueOn(date, rhythm)
  return tellingAt(db, rhythm, due < now() ? due : now())
}

function instantOf(text: string, zone: string): Date | string {
  try {
    return parseInstant(text, zone)
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  }
}

async function write(telling: Telling, { to }: Asked, { db, settings, now }: Room): Promise<Letter> {
  const edition = await rehearse(db, settings.rhythm, telling)
  const person = (to && (await findPerson(db, to.toLowerCase()))) || stranger(to ?? 'reader@localhost')
  const wish = await preferenceOf(db, person.id)
  const content = {
    variant: wish?.variant ?? 'manager',
    zone: wish?.zone ?? person.zone ?? settings.rhythm.zone,
  } as const
  const [before, pictures] = await Promise.all([toldBefore(db, telling.day), drawPictures(edition.told)])
  const at = now()
  const id = messageId(`digest:${telling.day}:${person.id}:${at.toISOString()}`, settings)
  return digestMail(db, settings, { edition, before, pictures, person, content, late: null, id, at })
}

function stranger(email: string): Person {
  return { id: email.toLowerCase(), name: email, email, role: null, function: null, zone: null, deputy: null }
}

function show({ subject, text }: Letter, { say }: Room): ExitCode {
  say(`Subject: ${subject}`)
  say('')
  for (const line of text.split('\n')) say(line)
  return 0
}

async function send(letter: Letter, { settings, say, complain }: Room): Promise<ExitCode> {
  const box = openLetterBox(settings)
  if (box === null) {
    complain('No mail server is set. For example: SMTP_URL=smtps://user:password@mail.example.org')
    return 1
  }
  const posted = await box.post(letter).finally(() => box.close())
  if (posted.outcome === 'accepted') say(`Sent to ${letter.to.address}: ${letter.subject}`)
  else complain(`The mail server did not take it: ${posted.fault}`)
  return posted.outcome === 'accepted' ? 0 : 1
}

function refuse(fault: string, room: Room): 2 {
  room.complain(`${fault}.\n${digest.help}`)
  return 2
}
