import type { Fact } from '../../record/fact.ts'
import { type Cells, checkCells } from '../cells.ts'
import type { Fault } from '../kinds/faults.ts'
import { kinds } from '../kinds.ts'
import { ask, bareJson, ExpressionFault } from './ask.ts'
import { incidentFactsOf } from './incident.ts'
import type { Rule } from './rules.ts'
import { asCell, asList, instantIn, isTrue } from './values.ts'

/** What a rule makes of one thing in a delivery: its cells as they were found, and the facts or the faults. */
export interface Made {
  rule: number // its place among the rules
  cells: Cells
  facts: Fact[]
  faults: Fault[]
}
export interface About {
  source: string
  receivedAt: Date
  zone: string // of local times
}

const mostThings = 1_000

/** What the rules make of a delivery, in their order. One whose `when` is not true makes nothing: it is not meant. */
export function readByRules(rules: readonly Rule[], json: unknown, about: About): Made[] {
  const whole = bareJson(json)
  return rules.flatMap((rule, place) => madeBy(rule, whole, about).map((made) => ({ ...made, rule: place })))
}

type Making = Omit<Made, 'rule'>

function madeBy(rule: Rule, whole: unknown, about: About): Making[] {
  try {
    if (rule.when !== '' && !isTrue(ask(rule.when, whole))) return []
  } catch (error) {
    return [faulty('when', error)]
  }
  try {
    const things = rule.each === '' ? [whole] : asList(ask(rule.each, whole))
    if (things.length > mostThings) return [tooMany(things.length)]
    return things.map((thing) => rowOf(rule, within(thing, whole, about), about))
  } catch (error) {
    return [faulty('each', error)]
  }
}

// A thing that is no object (a list of names) is asked as `_value`.
function within(thing: unknown, whole: unknown, { receivedAt }: About): unknown {
  const own = typeof thing === 'object' && thing !== null && !Array.isArray(thing) ? thing : { _value: thing }
  return Object.assign(Object.create(null), own, { _delivery: whole, _receivedAt: receivedAt.toISOString() })
}

function rowOf(rule: Rule, thing: unknown, about: About): Making {
  const cells: Record<string, string> = {}
  const faults: Fault[] = []
  for (const [column, expression] of Object.entries(rule.columns)) {
    if (expression === '') continue
    try {
      const cell = asCell(ask(expression, thing))
      if (cell !== undefined) cells[column] = cell
    } catch (error) {
      faults.push(...faulty(column, error).faults)
    }
  }
  if (faults.length > 0) return { cells, facts: [], faults }
  return rule.kind === 'incidents' ? incidentOf(cells, about) : plainOf(rule, cells, about)
}

function incidentOf(cells: Cells, about: About): Making {
  const { state, at, note, groupKey, severity, ...rest } = cells
  const judged = checked('incidents', rest, about)
  const since = at === undefined ? null : instantIn(at, about.zone)
  const faults = [...judged.faults, ...(since === undefined ? [notInstant('at', at ?? '')] : [])]
  if (faults.length > 0) return { cells, facts: [], faults }
  const said = { state, note, groupKey, severity, at: since ?? null }
  return { cells, facts: judged.facts.flatMap((fact) => incidentFactsOf(fact, said)), faults: [] }
}

function plainOf({ kind }: Rule, cells: Cells, about: About): Making {
  const { facts, faults } = checked(kind, cells, about)
  return { cells, facts, faults }
}

function checked(kind: Rule['kind'], cells: Cells, about: About): { facts: Fact[]; faults: Fault[] } {
  const faults: Fault[] = []
  const known = Object.entries(cells).map(([name, cell]) => {
    const column = kinds[kind].columns.find((one) => one.name === name)
    if (column?.as !== 'instant') return [name, named(kind, name) ? `${about.source}:${cell}` : cell]
    const at = instantIn(cell, about.zone)
    if (at === undefined) faults.push(notInstant(name, cell))
    return [name, at?.toISOString() ?? '']
  })
  const judged = checkCells(kind, Object.fromEntries(known), { zone: about.zone, home: about.zone })
  if (faults.length > 0) return { facts: [], faults }
  return 'faults' in judged ? { facts: [], faults: judged.faults } : { facts: judged.facts, faults: [] }
}

/** Ids of a tool are its own: two tools may both have a 17. */
function named(kind: Rule['kind'], column: string): boolean {
  return column === 'id' || column === 'incident' || (column === 'problem' && kind !== 'forecasts')
}

function notInstant(column: string, cell: string): Fault {
  return { column, fault: `“${cell.slice(0, 60)}” is not an instant`, mend: 'find one like 2026-11-23T09:00:00Z' }
}

function tooMany(count: number): Making {
  const fault = {
    column: 'each',
    fault: `finds ${count} things`,
    mend: `at most ${mostThings} are read of one delivery`,
  }
  return { cells: {}, facts: [], faults: [fault] }
}

function faulty(column: string, error: unknown): Making {
  if (!(error instanceof ExpressionFault)) throw error
  return { cells: {}, facts: [], faults: [{ column, fault: error.message, mend: 'mend the expression' }] }
}
