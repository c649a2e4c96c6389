import type { Agenda } from '../agenda/shapes.ts'

/** As it goes over the wire: every instant an ISO string that ends in Z, everything else as it is. */
export type AsJson<Value> = Value extends Date
  ? string
  : Value extends readonly (infer One)[]
    ? AsJson<One>[]
    : Value extends object
      ? { [Key in keyof Value]: AsJson<Value[Key]> }
      : Value

/** The contract's `GET /api/v1/agenda`, and more: what no source ever told stands in `inputs`, a class each. */
export function agendaJson(agenda: Agenda): AsJson<Agenda> {
  return asJson(agenda)
}

/** One pass over plain values. */
export function asJson<Value>(value: Value): AsJson<Value> {
  return converted(value) as AsJson<Value> // converted mirrors AsJson case by case
}

function converted(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(converted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, converted(inner)]))
}
