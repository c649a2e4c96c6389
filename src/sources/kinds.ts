import { z } from 'zod'
import type { Fact } from '../record/fact.ts'
import { actionFacts, actionRow } from './kinds/actions.ts'
import { changeEventFacts, changeEventRow, changeFacts, changeRow } from './kinds/changes.ts'
import { type Written, written } from './kinds/columns.ts'
import { complaintFacts, complaintRow } from './kinds/complaints.ts'
import { eventFacts, eventRow } from './kinds/events.ts'
import { type Fault, faultsOf } from './kinds/faults.ts'
import { forecastFacts, forecastRow } from './kinds/forecasts.ts'
import { incidentEventFacts, incidentEventRow, incidentFacts, incidentRow, snapshotRow } from './kinds/incidents.ts'
import { personFacts, personRow } from './kinds/people.ts'
import { problemEventFacts, problemEventRow, problemFacts, problemRow } from './kinds/problems.ts'
import { serviceLevelFacts, serviceLevelRow } from './kinds/service-levels.ts'
import { serviceFacts, serviceRow } from './kinds/services.ts'
import { exposureEventFacts, exposureEventRow, siteFacts, siteRow } from './kinds/sites.ts'

/** What a kind of row is: the schema that judges sheets, JSON and the API alike, its columns, and what it amounts to. */
export interface Kind {
  schema: z.ZodType
  columns: readonly Column[]
  /** Judges a row of JSON values. A snapshot amounts to nothing by itself: see incident-snapshots.ts. */
  check(given: unknown, ours?: Ours): Checked
}
export interface Column {
  name: string
  required: boolean
  as: Written
  words: readonly string[] // what a word may be
}
/** What a row leaves to us: the zone of a service level's day. */
export interface Ours {
  zone: string
}
export type Row = Readonly<Record<string, unknown>>
export type Checked = { row: Row; facts: Fact[] } | { faults: Fault[] }

/** Every kind of the contract, and ours: services, actions, change-events, exposure-events. */
export const kinds = {
  services: kind(serviceRow, serviceFacts),
  people: kind(personRow, personFacts),
  incidents: kind(incidentRow, incidentFacts),
  'incident-events': kind(incidentEventRow, incidentEventFacts),
  'incident-snapshots': kind(snapshotRow, () => []),
  problems: kind(problemRow, problemFacts),
  'problem-events': kind(problemEventRow, problemEventFacts),
  changes: kind(changeRow, changeFacts),
  'change-events': kind(changeEventRow, changeEventFacts),
  'service-levels': kind(serviceLevelRow, serviceLevelFacts),
  complaints: kind(complaintRow, complaintFacts),
  forecasts: kind(forecastRow, forecastFacts),
  sites: kind(siteRow, siteFacts),
  'exposure-events': kind(exposureEventRow, exposureEventFacts),
  events: kind(eventRow, eventFacts),
  actions: kind(actionRow, actionFacts),
} satisfies Record<string, Kind>
export type KindName = keyof typeof kinds
export const kindNames = Object.keys(kinds) as KindName[] // the keys of a literal

export function isKind(name: string): name is KindName {
  return Object.hasOwn(kinds, name)
}

/** Judges one row and tells what it amounts to; an unknown field is refused. */
export function checkRow(name: KindName, given: unknown, ours?: Ours): Checked {
  return kinds[name].check(given, ours)
}

/** What a row amounts to, or an Error that names its faults. */
export function factsFrom(name: KindName, given: unknown, ours?: Ours): Fact[] {
  const checked = checkRow(name, given, ours)
  if ('faults' in checked) throw new Error(checked.faults.map(({ column, fault }) => `${column}: ${fault}`).join('; '))
  return checked.facts
}

/** The schema of a kind's rows as JSON, for OpenAPI. */
export function jsonSchemaOf(name: KindName): Record<string, unknown> {
  return z.toJSONSchema(kinds[name].schema, { io: 'input' })
}

function kind<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  facts: (row: z.output<z.ZodObject<Shape, z.core.$strict>>, ours: Ours) => Fact[],
): Kind {
  const columns = Object.entries(schema.shape).map(([name, column]) => asColumn(name, column as z.ZodType))
  return {
    schema,
    columns,
    check(given, ours = { zone: 'UTC' }) {
      const parsed = schema.safeParse(given)
      return parsed.success
        ? { row: parsed.data, facts: facts(parsed.data, ours) }
        : { faults: faultsOf(parsed.error, given, columns) }
    },
  }
}

function asColumn(name: string, schema: z.ZodType): Column {
  const inner = unwrapped(schema)
  const words = inner instanceof z.ZodEnum ? inner.options.map(String) : []
  return { name, required: !schema.safeParse(undefined).success, as: written.get(inner)?.as ?? 'text', words }
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrapped(schema.unwrap()) : schema
}
