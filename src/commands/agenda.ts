import { agendaLines } from '../../views/terminal.ts'
import { buildAgenda } from '../agenda/agenda.ts'
import { dueOn, isDay, parseInstant } from '../calendar.ts'
import { gatherFacts } from '../record/facts.ts'
import { findMeeting } from '../record/meetings.ts'
import { agendaJson } from '../web/agenda-json.ts'
import type { Command, Room } from './command.ts'

export const agenda: Command = {
  name: 'agenda',
  help: `npm run agenda [-- --at INSTANT | --date DAY] [--json]
  Prints what the morning meeting must talk about.
  --at INSTANT  as it stood then: 2026-11-23T09:00:00+01:00, or 2026-11-23T09:00 in the meeting's zone (default: now)
  --date DAY    that day's meeting: 2026-11-23
  --json        as data, as GET /api/v1/agenda answers
  Example: npm run agenda -- --at 2026-11-23T09:00`,
  async run(words, room) {
    const asked = read(words)
    if (typeof asked === 'string') return refuse(asked, room)
    const at = await instantOf(asked, room)
    if (typeof at === 'string') return refuse(at, room)

    const facts = await gatherFacts(room.db, { at, rhythm: room.settings.rhythm })
    const built = buildAgenda(facts)
    const names = new Map(facts.people.map(({ id, name }) => [id, name]))
    const lines = asked.json
      ? [JSON.stringify(agendaJson(built), null, 2)]
      : agendaLines(built, { columns: 96 }, (id) => names.get(id) ?? id)
    for (const line of lines) room.say(line)
    return 0
  },
}

interface Asked {
  at?: string
  date?: string
  json: boolean
}

/** A string is what is wrong with the words, and the mend. */
function read(words: readonly string[]): Asked | string {
  const asked: Asked = { json: false }
  const rest = words.flatMap((word) => /^(--\w+)=(.*)$/.exec(word)?.slice(1) ?? word)
  for (let place = 0; place < rest.length; place++) {
    const word = rest[place]
    if (word === '--json') asked.json = true
    else if (word === '--at' || word === '--date') {
      const value = rest[++place]
      if (value === undefined || value.startsWith('--')) return `${word} needs a value`
      asked[word === '--at' ? 'at' : 'date'] = value
    } else return `agenda knows no ${JSON.stringify(word)}`
  }
  return asked.at !== undefined && asked.date !== undefined ? 'give either --at or --date, not both' : asked
}

async function instantOf({ at, date }: Asked, { now, settings, db }: Room): Promise<Date | string> {
  if (at !== undefined) return readInstant(at, settings.rhythm.zone)
  if (date === undefined) return now()
  if (!isDay(date)) return `${JSON.stringify(date)} is not a day; write for example 2026-11-23`

  const held = await findMeeting(db, date)
  return held?.cutOff ?? earlier(dueOn(date, settings.rhythm), now())
}

function readInstant(text: string, zone: string): Date | string {
  try {
    return parseInstant(text, zone)
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  }
}

/** A morning still to come is shown as far as it is known now. */
function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}

function refuse(fault: string, room: Room): 2 {
  room.complain(`${fault}.\n${agenda.help}`)
  return 2
}
