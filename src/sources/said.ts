import { asCell, instantIn } from './mapping/values.ts'
import { type Delivery, jsonIn, UnreadableDelivery } from './source.ts'

/**
 * What a tool said, asked for by where it said it ('event.data.id'); of several places the first that says something. A word
 * for nothing ('', '-', '?', 'n/a', a placeholder that nobody filled) says nothing: undefined.
 */
export interface Said {
  /** As it came; undefined = it is not there. '' is the whole. */
  at(path: string): unknown
  has(path: string): boolean
  text(...paths: string[]): string | undefined
  /** Like text; throws UnreadableDelivery, with the mend, where nothing is said. */
  need(mend: string, ...paths: string[]): string
  /** Throws UnreadableDelivery where something is said that is no instant. A local time is one of UTC. */
  instant(...paths: string[]): Date | undefined
  /** What stands there as things of their own; a single one is a list of one. */
  list(path: string): Said[]
  texts(path: string): string[]
  /** Names and what stands beside them, where it is a text; a name may hold dots. */
  pairs(path: string): Record<string, string>
}

/** Longer ones are cut: a title is a line, and no tool's own id is that long. */
export const longest = { id: 200, title: 300, note: 4_000 } as const

/** The JSON object of a delivery, or the form that it is. Throws UnreadableDelivery when it is neither. */
export function saidIn(delivery: Delivery, mend: string): Said {
  const json = isForm(delivery) ? formIn(delivery) : jsonIn(delivery)
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new UnreadableDelivery(`the body: must be an object; ${mend}`)
  return asSaid(json)
}

/** What is within a text of JSON, as some tools wrap it; undefined when it is not an object. */
export function saidWithin(text: string | undefined): Said | undefined {
  try {
    const json: unknown = JSON.parse(text ?? '')
    return typeof json === 'object' && json !== null ? asSaid(json) : undefined
  } catch {
    return undefined
  }
}

export function asSaid(json: unknown): Said {
  const at = (path: string) => (path === '' ? json : path.split('.').reduce(stepInto, json))
  const text = (...paths: string[]) => firstOf(paths, (path) => textOf(at(path)))
  return {
    at,
    text,
    has: (path) => at(path) !== undefined,
    need(mend, ...paths) {
      const found = text(...paths)
      if (found === undefined) throw new UnreadableDelivery(`${paths[0]}: is missing; ${mend}`)
      return found
    },
    instant: (...paths) => firstOf(paths, (path) => instantOf(path, at(path))),
    list: (path) => listOf(at(path)).map(asSaid),
    texts: (path) => listOf(at(path)).flatMap((one) => textOf(one) ?? []),
    pairs: (path) => pairsOf(at(path)),
  }
}

/** The first line, cut to what a title may be. */
export function asTitle(text: string): string {
  return (text.split(/[\r\n]/, 1)[0] ?? '').replace(/\s+/g, ' ').trim().slice(0, longest.title)
}

/** Only an address of the web is a link. */
export function webAddress(...addresses: (string | undefined)[]): string | undefined {
  return addresses.find((url) => url !== undefined && /^https?:\/\/[^\s]+$/i.test(url) && URL.canParse(url))
}

function firstOf<T>(paths: readonly string[], find: (path: string) => T | undefined): T | undefined {
  for (const path of paths) {
    const found = find(path)
    if (found !== undefined) return found
  }
  return undefined
}

// Only what is a thing's own: '__proto__' and 'constructor' are nothing a tool said.
function stepInto(inner: unknown, name: string): unknown {
  return typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
    ? (inner as Record<string, unknown>)[name] // it has that one
    : undefined
}

function listOf(inner: unknown): unknown[] {
  return Array.isArray(inner) ? inner : inner === undefined || inner === null ? [] : [inner]
}

function pairsOf(inner: unknown): Record<string, string> {
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return {}
  const said = Object.entries(inner).map(([name, value]) => [name, textOf(value)] as const)
  return Object.fromEntries(said.filter((pair): pair is [string, string] => pair[1] !== undefined))
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'object') return undefined
  const text = asCell(value)
  return text === undefined || unfilled.test(text) ? undefined : text
}
const unfilled = /^(\*[A-Za-z_]+\*|\{[A-Z$][A-Z_.$0-9]*\}|\$[A-Z_]+)$/

function instantOf(path: string, value: unknown): Date | undefined {
  const text = textOf(value)
  if (text === undefined || /^(0+|0001-01-01|1970-01-01)(\D|$)/.test(text)) return undefined

  const at = instantIn(rewritten(text), 'UTC')
  if (at) return at
  throw new UnreadableDelivery(
    `${path}: cannot read ${JSON.stringify(text.slice(0, 60))} as an instant; send seconds since 1970 or ISO 8601`,
  )
}

// '2024.03.01 02:09:00' of Zabbix, 'Mon Nov 28 20:17:33 UTC 2016' of Java.
function rewritten(text: string): string {
  const java = /^\w{3} (\w{3}) (\d\d?) (\d\d:\d\d:\d\d) (?:UTC|GMT) (\d{4})$/.exec(text)
  if (java) return `Thu, ${java[2]?.padStart(2, '0')} ${java[1]} ${java[4]} ${java[3]} GMT`
  return text.replace(/^(\d{4})\.(\d\d)\.(\d\d)(?=\s)/, '$1-$2-$3')
}

function isForm({ contentType, body }: Delivery): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(contentType) && !looksLikeJson(body)
}

// What `curl -d` sends is called a form, whatever it is.
function looksLikeJson(body: Uint8Array): boolean {
  return /^\s*[{[]/.test(new TextDecoder().decode(body.subarray(0, 64)))
}

// A name twice: the last counts, as in every form here. Some tools wrap their JSON into the only field of a form.
function formIn({ contentType, body }: Delivery): unknown {
  const text = new TextDecoder().decode(body)
  const boundary = /^multipart\/.*;\s*boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  const fields = boundary === undefined ? [...new URLSearchParams(text)] : partsIn(text, boundary)
  const wrapped = fields.length === 1 ? saidWithin(fields[0]?.[1]) : undefined
  return Object.fromEntries(fields.map(([name, value]) => [name, wrapped?.at('') ?? value]))
}

function partsIn(text: string, boundary: string): [string, string][] {
  return text.split(`--${boundary}`).flatMap((part): [string, string][] => {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const name = /\bname="([^"]*)"/i.exec(head)?.[1]
    return name === undefined ? [] : [[name, rest.join('\r\n\r\n').replace(/\r\n$/, '')]]
  })
}
