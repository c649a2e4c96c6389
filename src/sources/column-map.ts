import { checkPattern } from '../calendar.ts'
import type { Cells } from './cells.ts'
import type { Fault } from './kinds/faults.ts'
import { type Column, type KindName, kinds } from './kinds.ts'
import { datesFault, readDate } from './maps/dates.ts'
import { asRule, MapError, type MapFile, parseMap, type Rule } from './maps/map-file.ts'
import { columnsOf, filled } from './maps/template.ts'

/** Somebody else's columns as ours: the format is told in maps/README.md. */
export interface ColumnMap {
  zone: string | undefined
  /** Their row in our columns. A fault names our column and theirs. */
  translate(theirs: Cells, zone: string | undefined): { cells: Cells; faults: Fault[] }
}
/** Checks a map against the kind and the file's own columns before the first row. Throws a MapError. */
export function readMap(text: string, name: KindName, theirs: readonly string[]): ColumnMap {
  const map = parseMap(text)
  const rules = Object.entries(map.columns).map(([column, said]) => [column, asRule(said)] as const)
  const faults = [...kindFaults(map, name), ...missingFaults(map, name), ...dateFaults('dates', map.dates)]
  faults.push(...rules.flatMap(([column, said]) => ruleFaults(column, said, kinds[name].columns, theirs)))
  if (faults.length > 0) throw new MapError(faults)

  const unknown = listed(map.unknown).map(folded)
  const dates = map.dates === undefined ? {} : { dates: map.dates }
  const paths = rules.map(([column, said]) => compiled(column, { ...dates, ...said }, { name, unknown }))
  return {
    zone: map.zone,
    translate(row, zone) {
      const cells: Record<string, string> = {}
      const faults: Fault[] = []
      for (const path of paths) {
        const found = path.follow(row, zone ?? map.zone)
        if (typeof found === 'string') cells[path.column] = found
        else faults.push({ column: path.column, ...found })
      }
      return { cells, faults }
    },
  }
}

function kindFaults({ kind }: MapFile, name: KindName): string[] {
  return kind === undefined || kind === name
    ? []
    : [`kind is ${kind}, yet ${name} is imported; import ${kind} with this map`]
}

function missingFaults({ columns }: MapFile, name: KindName): string[] {
  return kinds[name].columns
    .filter((column) => column.required && !Object.hasOwn(columns, column.name))
    .map(
      (column) =>
        `columns.${column.name} is missing and every row needs it; name their column, as in "${column.name}": "..."`,
    )
}

function ruleFaults(name: string, said: Rule, ours: readonly Column[], theirs: readonly string[]): string[] {
  const key = `columns.${name}`
  const column = ours.find((column) => column.name === name)
  if (!column) return [`${key} is no column of ours; the columns are ${ours.map(({ name }) => name).join(', ')}`]
  if ((said.from === undefined) === (said.always === undefined))
    return [`${key} needs either from (their column) or always (a constant); write one of them`]

  const wanted = [...listed(said.from).flatMap(columnsOf), ...Object.keys(said.where ?? {})]
  return [
    ...wanted
      .filter((column) => !theirs.includes(column))
      .map(
        (column) => `${key} names ${JSON.stringify(column)}, which the file does not have; it has ${theirs.join(', ')}`,
      ),
    ...[...Object.values(said.values ?? {}), ...listed(said.otherwise), ...listed(said.always)]
      .filter((value) => value !== '' && column.words.length > 0 && !column.words.includes(value))
      .map((value) => `${key} gives ${JSON.stringify(value)}; write one of ${column.words.join(', ')}`),
    ...(said.otherwise !== undefined && !said.values ? [`${key}.otherwise needs a table beside it; add values`] : []),
    ...dateFaults(`${key}.dates`, said.dates),
  ]
}

function dateFaults(key: string, dates: Rule['dates']): string[] {
  return listed(dates)
    .flatMap((pattern) => datesFault(pattern, checkPattern) ?? [])
    .map((fault) => `${key}: ${fault}`)
}

type Found = string | { fault: string; mend: string }
interface Path {
  column: string
  follow(row: Cells, zone: string | undefined): Found
}

function compiled(column: string, said: Rule, ours: { name: KindName; unknown: string[] }): Path {
  const as = kinds[ours.name].columns.find(({ name }) => name === column)?.as
  const unknown = new Set([...ours.unknown, ...listed(said.unknown).map(folded)])
  const known = (row: Cells, name: string) => {
    const cell = row[name]?.trim() ?? ''
    return unknown.has(folded(cell)) ? '' : cell
  }
  const where = Object.entries(said.where ?? {}).map(
    ([name, values]) => [name, new Set(listed(values).map(folded))] as const,
  )
  const table = said.values && new Map(Object.entries(said.values).map(([theirs, ours]) => [folded(theirs), ours]))
  const from = listed(said.from)
  const dates = as === 'instant' || as === 'day' ? listed(said.dates) : []
  return {
    column,
    follow(row, zone) {
      if (!where.every(([name, values]) => values.has(folded(row[name] ?? '')))) return ''
      const text = said.always ?? firstKnown(from, (name) => known(row, name))
      if (text === '') return ''
      if (table) return table.get(folded(text)) ?? said.otherwise ?? strange(column, text, said)
      return dates.length > 0 ? readDate(text, dates, { zone, day: as === 'day' }) : text
    },
  }
}

function firstKnown(templates: readonly string[], known: (name: string) => string): string {
  for (const template of templates) {
    const text = filled(template, known)
    if (text !== '') return text
  }
  return ''
}

function strange(column: string, text: string, { from }: Rule): Found {
  return {
    fault: `${JSON.stringify(text)} (their ${listed(from).join(', ')}) is not in the map's table`,
    mend: `add it to columns.${column}.values, or say otherwise`,
  }
}

function listed(said: string | readonly string[] | undefined): string[] {
  return said === undefined ? [] : typeof said === 'string' ? [said] : [...said]
}

function folded(text: string): string {
  return text.trim().toLowerCase()
}
