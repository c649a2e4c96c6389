import type { Fact } from '../../record/fact.ts'
import type { InputClass } from '../../record/schema.ts'

/** A file in which a tool hands over what it knows: its export, or service levels as code. */
export interface ToolExport {
  name: string // the KIND of npm run import
  title: string
  source: string // who said it, unless told otherwise
  class: InputClass | null
  /** Throws ExportFault for a file that is not what it should be, whole. */
  read(text: string, about: About): Promise<Subject[]>
}
export interface About {
  source: string
  zone: string // of times without an offset, where the tool does not say
  now: Date
  /** A file in the same folder; null = there is none. */
  beside(name: string): Promise<string | null>
}
/** One thing of the file, and what it amounts to, or why it cannot be taken. */
export interface Subject {
  name: string
  facts: Fact[]
  fault?: string
  level?: QueriedLevel // how a Prometheus counts it
}
export interface QueriedLevel {
  service: string
  indicator: string
  goodEvents: string // PromQL, with $window
  events: string
}

/** Why a file cannot be read, with the mend. */
export class ExportFault extends Error {
  override name = 'ExportFault'
}

/** The rows of a JSON export: a list, an object that holds one under one of `names`, or one object a line. */
export function rowsIn(text: string, names: readonly string[], mend: string): unknown[] {
  const json = jsonIn(text, mend)
  if (Array.isArray(json)) return json
  for (const name of names) {
    const inner = typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined
    if (Array.isArray(inner)) return inner
  }
  return [json]
}

export function jsonIn(text: string, mend: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    try {
      if (lines.length > 1) return lines.map((line): unknown => JSON.parse(line))
    } catch {
      // neither one JSON nor one a line: told below
    }
    const why = cause instanceof Error ? cause.message.slice(0, 120) : String(cause)
    throw new ExportFault(`it is not JSON (${why}): ${mend}`, { cause })
  }
}
