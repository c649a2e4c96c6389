import { z } from 'zod'
import { type Fact, problemEventKinds } from '../../record/fact.ts'
import { problemStates } from '../../record/schema.ts'
import { inOrder, instant, name, said, severity, text, truth, word } from './columns.ts'
import { missing, notAmong } from './incidents.ts'

const problemColumns = z.strictObject({
  id: name(),
  title: text(),
  openedAt: instant(),
  service: name().nullish(),
  owner: name().nullish(),
  state: word(problemStates).nullish(),
  fixedAt: instant().nullish(),
  closedAt: instant().nullish(),
  severity: severity().nullish(),
  architectural: truth().nullish(),
})
export const problemRow = problemColumns.check(
  inOrder<z.output<typeof problemColumns>>('openedAt', 'fixedAt', 'closedAt'),
)

export function problemFacts(row: z.output<typeof problemRow>): Fact[] {
  const { id, owner, state, architectural, ...columns } = row
  const never = { state: state ?? undefined, architectural: architectural ?? undefined }
  return [{ kind: 'problem', id, at: row.openedAt, told: said({ ...columns, ...never, ownerId: owner }) }]
}

export const problemEventRow = z
  .strictObject({
    problem: name(),
    at: instant(),
    kind: word(problemEventKinds),
    value: text(100_000).nullish(),
    by: name().nullish(),
    why: text(100_000).nullish(),
  })
  .check((context) => {
    const { kind, value } = context.value
    const fault =
      kind === 'state'
        ? notAmong(problemStates, kind, value ?? '')
        : kind === 'note' && !value
          ? missing(kind)
          : undefined
    if (fault) context.issues.push({ code: 'custom', path: ['value'], input: value, ...fault })
  })

export function problemEventFacts({ problem, kind, at, ...rest }: z.output<typeof problemEventRow>): Fact[] {
  const value = rest.value && kind === 'state' ? rest.value.toLowerCase() : rest.value
  const words = said({ value: value ?? undefined, by: rest.by ?? undefined, why: rest.why ?? undefined })
  return [{ kind: 'problem-event', problemId: problem, at, event: kind, ...words }]
}
