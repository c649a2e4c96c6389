import { createHash } from 'node:crypto'
import { addDays, dayOf, parseInstant } from '../calendar.ts'
import type { Fact } from '../record/fact.ts'
import type { Severity } from '../record/schema.ts'
import { wordsIn } from './known-words.ts'

/** Who says it, when and where, and the names a line may hold. `by` '' = nobody said. */
export interface Speaker {
  now: Date
  zone: string
  by: string
  services: readonly string[]
  sites: readonly string[]
}
export interface Refused {
  refused: string
}
type Told<K extends Fact['kind']> = Extract<Fact, { kind: K }>

/**
 * A change in one line: 'search deploy 4.2 on fra', '09:12 flag new-cart on by lea https://ci.example.com/7', or only a sentence.
 * The same line within a minute is the same change.
 */
export function changeFrom(line: string, speaker: Speaker): Told<'change'> | Refused {
  const said = listen(line, speaker)
  if (said.text === '') return { refused: 'Say what was changed, for example: search deploy 4.2 on fra' }

  const { service, site } = namesIn(said.text, speaker)
  const what = said.text.slice(0, 1000)
  const who = whoIn(said.text) ?? (speaker.by || null)
  return {
    kind: 'change',
    id: idOf('change', line, speaker),
    at: said.at,
    what,
    service,
    site,
    who,
    url: said.url,
    type: typeOf(said.text),
  }
}

/** An incident in one line plus its severity: 'checkout times out in ams since 08:40'. A severity in the line itself gives way. */
export function incidentFrom(line: string, severity: Severity | null, speaker: Speaker): Told<'incident'> | Refused {
  const said = listen(line, speaker)
  const own = /^(?<severity>sev[1-4])\b[:\s-]*(?<rest>.*)$/i.exec(said.text)?.groups
  const title = (own?.rest ?? said.text).slice(0, 300)
  if (title === '') return { refused: 'Say what happened, for example: checkout times out in ams since 08:40' }

  const since = /\bsince (?<clock>(?:yesterday )?\d{1,2}[:.]\d\d)\b/i.exec(title)?.groups?.clock
  const at = (since && instantOf(since, speaker)) || said.at
  const { service, site } = namesIn(title, speaker)
  return {
    kind: 'incident',
    id: idOf('incident', line, speaker),
    at,
    told: {
      title,
      service,
      site,
      url: said.url,
      startedAt: at,
      class: 'manual',
      severity: severity ?? (own ? (own.severity?.toLowerCase() as Severity) : null), // the pattern allows no other word
    },
  }
}

/** A complaint in one field: '3 customers cannot pay'. Customer or internal only when it is said. */
export function complaintFrom(line: string, speaker: Speaker): Told<'complaint'> | Refused {
  const said = listen(line, speaker)
  if (said.text === '') return { refused: 'Say what the complaint is, for example: 3 customers cannot pay' }

  const { service } = namesIn(said.text, speaker)
  return {
    kind: 'complaint',
    id: idOf('complaint', line, speaker),
    at: said.at,
    text: said.url ? `${said.text} ${said.url}` : said.text,
    service,
    class: classIn(said.text),
    incidentId: null,
    count: countIn(said.text),
    by: speaker.by,
  }
}

interface Said {
  at: Date
  text: string
  url: string | null
}

function listen(line: string, speaker: Speaker): Said {
  const short = line.slice(0, 10_000).replace(/\s+/g, ' ').trim()
  const lead = /^(?<clock>(?:yesterday )?\d{1,2}[:.]\d\d)(?: ?h| uhr)?[ ,:-]+(?<rest>.*)$/i.exec(short)?.groups
  const at = lead?.clock ? instantOf(lead.clock, speaker) : undefined
  const rest = at ? (lead?.rest ?? '') : short
  const url = /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:)\]]/i.exec(rest)?.[0]
  const valid = url !== undefined && URL.canParse(url) ? url : null
  const text = valid === null ? rest : rest.replace(valid, ' ').replace(/\s+/g, ' ').trim()
  return { at: at ?? speaker.now, text: text === '' && valid !== null ? valid : text, url: valid }
}

// A time of day is the latest one that has been: 23:50, typed at 00:10, was yesterday.
function instantOf(clock: string, { now, zone }: Speaker): Date | undefined {
  const { hour, minute } = /(?<hour>\d{1,2})[:.](?<minute>\d\d)/.exec(clock)?.groups ?? {}
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined

  const today = dayOf(now, zone)
  const on = (day: string) => parseInstant(`${day}T${hour.padStart(2, '0')}:${minute}`, zone)
  const soon = new Date(now.getTime() + 60_000)
  return /^yesterday/i.test(clock) || on(today) > soon ? on(addDays(today, -1)) : on(today)
}

const deeds = 'deploy|release|rollout|rollback|revert|restart|config|flag|migration|upgrade|failover|scale'
const untold =
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:today|tonight|yesterday|all|both|off|hold|prod|production)$/i

// A record that knows no names yet believes the usual shape: 'search deploy 4.2 on fra'.
function namesIn(text: string, { services, sites }: Speaker): { service: string | null; site: string | null } {
  const shape = new RegExp(
    `^(?<service>[\\p{L}][\\p{L}\\d_.-]*) (?:${deeds})\\w*\\b(?:.*\\b(?:on|in|at) (?<site>[\\p{L}][\\p{L}\\d_-]{1,20})$)?`,
    'iu',
  )
  const guess = shape.exec(text.replace(byAtTheEnd, ''))?.groups
  const service = wordsIn(text, services) ?? (services.length === 0 ? (guess?.service ?? null) : null)
  const site =
    wordsIn(text, sites) ?? (sites.length === 0 && !untold.test(guess?.site ?? '') ? (guess?.site ?? null) : null)
  return { service, site }
}

function typeOf(text: string): string | null {
  return new RegExp(`\\b(${deeds})`, 'i').exec(text)?.[1]?.toLowerCase() ?? null
}

const byAtTheEnd =
  /(?<!\b(?:followed|caused|fixed|triggered|replaced|required|down|up) )\bby (?<who>[\p{L}\d._%+'@-]+(?: \p{Lu}[\p{L}'-]+)?)[.!]?$/u
const someone = /(?:^|\s)(?<who>[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}|@[\p{L}\d._-]+)(?=$|[\s,;.!])/u

function whoIn(text: string): string | null {
  const who = byAtTheEnd.exec(text)?.groups?.who ?? someone.exec(text)?.groups?.who
  return who?.replace(/^@/, '').replace(/\.$/, '') ?? null
}

function classIn(text: string): 'customer' | 'internal' | null {
  const customer = /\b(customer|client|buyer|shopper|subscriber|merchant)(s|'s)?\b/i.test(text)
  const internal = /\b(internal|internally|colleague|employee|staff|our own|back.?office|helpdesk)(s|'s)?\b/i.test(text)
  return customer === internal ? null : customer ? 'customer' : 'internal'
}

function countIn(text: string): number {
  const spoken =
    /^(?<times>\d{1,6})\s*(?:x|×|times|customers?|clients?|users?|people|colleagues?|complaints?|calls?|tickets?|mails?)\b/i
  return Math.max(1, Number(spoken.exec(text)?.groups?.times ?? 1))
}

function idOf(kind: string, line: string, { now, by }: Speaker): string {
  const text = line.replace(/\s+/g, ' ').trim()
  const words = createHash('sha256').update(`${kind}\n${by}\n${text}`).digest('hex').slice(0, 12)
  return `hand:${now.toISOString().slice(0, 16)}:${words}`
}
