import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { say } from '../meeting/say.ts'
import { exposuresSince } from '../record/exposures.ts'
import type { Fact, Outcome } from '../record/fact.ts'
import type { Exposure } from '../record/shapes.ts'
import { checkRow, isKind, type KindName } from '../sources/kinds.ts'
import { changeFrom, complaintFrom, incidentFrom } from '../sources/one-line.ts'
import { type CheckedRow, classOf, recordRows } from '../sources/rows.ts'
import { voice } from './answer.ts'
import { speakerOf } from './by-hand.tsx'
import { problem } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { stillExposed } from './incidents.tsx'
import { jsonBody } from './json-body.ts'

const mostRows = 5_000

/**
 * One row or many of a kind. All are judged before any is written: one that is wrong refuses them all (422, with its row, field,
 * fault and mend). 201 = something new; 200 = all of it was known. The same rows again change nothing.
 */
export const post = factory.createHandlers(async (c) => {
  const kind = c.req.param('kind') ?? ''
  if (!isKind(kind)) return c.notFound()
  if (isOneLine(c, kind)) return postLine(c, kind)

  const body = await jsonBody(c)
  if ('refused' in body) return body.refused

  const given = Array.isArray(body.json) ? body.json : [body.json]
  if (given.length > mostRows)
    return problem(c, 413, { title: `${given.length} rows at once`, mend: `Send at most ${mostRows} in one request` })

  const rows = judged(c, kind, given)
  if ('refused' in rows) return rows.refused

  const inTheWay = await firstBlocked(c, rows.checked)
  if (inTheWay) return problem(c, 409, stillExposed(inTheWay.id, 'resolved', inTheWay.exposures))

  const telling = { recordedAt: c.var.now, source: 'api', origin: 'import', class: classOf(kind) } as const
  return answerOutcomes(c, kind, { given, outcomes: await recordRows(c.var.db, kind, rows.checked, telling) })
})

/** Refuses to settle an incident while it is exposed (S16): the first of these rows that would. */
export async function firstBlocked(
  c: Context<Env>,
  rows: readonly CheckedRow[],
): Promise<{ id: string; exposures: Exposure[] } | undefined> {
  const settled = new Set(rows.flatMap(({ facts }) => facts.flatMap(settledBy)))
  if (settled.size === 0) return undefined

  const open = (await exposuresSince(c.var.db, c.var.now, c.var.now)).filter(({ until }) => until === null)
  const id = [...settled].find((id) => open.some(({ incidentIds }) => incidentIds.includes(id)))
  return id === undefined ? undefined : { id, exposures: open.filter(({ incidentIds }) => incidentIds.includes(id)) }
}

function settledBy(fact: Fact): string[] {
  if (fact.kind === 'incident') return fact.told.resolvedAt ? [fact.id] : []
  if (fact.kind !== 'incident-event') return []
  return fact.event === 'resolved' || fact.event === 'closed' ? [fact.incidentId] : []
}

function judged(
  c: Context<Env>,
  kind: KindName,
  given: readonly unknown[],
): { checked: CheckedRow[] } | { refused: Response } {
  const ours = { zone: c.var.settings.rhythm.zone }
  const checked = given.map((row) => checkRow(kind, row, ours))
  const errors = checked.flatMap((row, place) =>
    'faults' in row ? row.faults.map(({ column, fault, mend }) => ({ row: place, field: column, fault, mend })) : [],
  )
  if (errors.length === 0) return { checked: checked.filter((row) => 'facts' in row) }

  const title = given.length === 1 ? 'The row cannot be taken' : 'Nothing was taken: some rows are wrong'
  return { refused: problem(c, 422, { title, mend: 'Mend the fields below', errors: errors.slice(0, 100) }) }
}

interface Became {
  given: readonly unknown[]
  outcomes: readonly Outcome[]
}

function answerOutcomes(c: Context<Env>, kind: KindName, { given, outcomes }: Became): Response {
  const results = outcomes.map((outcome, row) => ({ row, id: idOf(given[row]), ...asResult(outcome) }))
  const isNew = outcomes.includes('new')
  const [only] = results
  if (results.length === 1 && isNew && only?.id)
    c.header('location', `${paths.api}/${kind}/${encodeURIComponent(only.id)}`)
  return c.json({ results }, isNew ? 201 : 200)
}

function asResult(outcome: Outcome) {
  return typeof outcome === 'object' ? { outcome: 'refused', ...outcome } : { outcome }
}

function idOf(row: unknown): string | null {
  const id = typeof row === 'object' && row !== null && 'id' in row ? row.id : null
  return typeof id === 'string' ? id : null
}

function isOneLine(c: Context<Env>, kind: KindName): kind is 'incidents' | 'changes' | 'complaints' {
  const isText = c.req.header('content-type')?.startsWith('text/plain') ?? false
  return isText && ['incidents', 'changes', 'complaints'].includes(kind)
}

/** `curl -d 'search deploy 4.2 on fra' -H 'content-type: text/plain'`: what a person types in one line. */
async function postLine(c: Context<Env>, kind: 'incidents' | 'changes' | 'complaints'): Promise<Response> {
  const [line, speaker] = [await c.req.text(), await speakerOf(c)]
  const told =
    kind === 'incidents'
      ? incidentFrom(line, null, speaker)
      : kind === 'changes'
        ? changeFrom(line, speaker)
        : complaintFrom(line, speaker)
  if ('refused' in told) return problem(c, 422, { title: 'The line cannot be taken', mend: told.refused })

  const outcomes = await say(c.var.db, [told], voice(c), kind === 'complaints' ? null : 'manual')
  return answerOutcomes(c, kind, { given: [told], outcomes })
}
