import { parseAllDocuments } from 'yaml'
import { asSaid, type Said } from '../said.ts'
import { ExportFault } from './export.ts'

/** A promise of a service, as OpenSLO and Sloth write it, and the queries that count it, where it has them. */
export interface Promised {
  service: string
  indicator: string
  objective: number // percent
  team: string | undefined
  goodEvents: string | undefined // PromQL with $window
  events: string | undefined
}

/** The documents of a YAML file. Throws ExportFault with the first fault and its place. */
export function documentsIn(text: string): Said[] {
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents)) throw new ExportFault('it holds no document')
  for (const { errors } of documents) {
    const [fault] = errors
    if (fault) throw new ExportFault(`it is not YAML: ${fault.message.split('\n', 1).join('')}`)
  }
  return documents
    .map((document) => asSaid(document.toJS({ maxAliasCount: 100 })))
    .filter((said) => said.at('') !== null)
}

/** A query whose window is written '{{.window}}' (Sloth) or fixed ('[5m]', OpenSLO), as the puller asks it. */
export function windowed(query: string | undefined): string | undefined {
  return query?.replace(/\{\{\s*\.window\s*\}\}/g, '$window').trim()
}

/** Events that went well, where only those that went badly are counted. */
export function goodFrom(bad: string, all: string): string {
  return `(${all}) - ((${bad}) or vector(0))`
}
