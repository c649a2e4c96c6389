import type { Context } from 'hono'
import type { Fact } from '../record/fact.ts'
import { findRow, type StoredRow } from '../record/kinds.ts'
import { recordFacts } from '../record/record-facts.ts'
import { checkRow, factsFrom, type KindName } from '../sources/kinds.ts'
import { etagOf, rowAsked } from './api-reading.ts'
import { firstBlocked } from './api-writing.ts'
import { problem } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { inTurn } from './in-turn.ts'
import { stillExposed } from './incidents.tsx'
import { jsonBody } from './json-body.ts'
import { isPatchable } from './patchable.ts'

/**
 * Changes fields of one row (RFC 7396: null = known to be nothing), if it is still as it was read: 428 without If-Match, 412 with
 * both versions when somebody changed it since. What is changed here is the room's word: no tool overwrites it, and the past stays.
 */
export const patch = factory.createHandlers(async (c) => {
  await c.req.text() // nobody waits for a body that is still on its way
  return inTurn(c, `${c.req.param('kind')} ${c.req.param('id')}`, () => patchOne(c))
})

async function patchOne(c: Context<Env>): Promise<Response> {
  const found = await rowAsked(c)
  if (!found) return c.notFound()
  if (!isPatchable(found.kind)) return notChanged(c, found.kind)
  if (!c.req.header('if-match')) {
    const mend = 'Read it first, and send its ETag in If-Match'
    return problem(c, 428, { title: 'Which version is this about?', mend })
  }
  const body = await jsonBody(c)
  if ('refused' in body) return body.refused
  if (typeof body.json !== 'object' || body.json === null || Array.isArray(body.json))
    return problem(c, 422, { title: 'A patch is an object of fields', mend: 'Send { "owner": "ana@example.com" }' })

  const wanted = body.json as Record<string, unknown> // no array and not null
  return overtakenSince(c, found.row, wanted) ?? change(c, found, { ...found.row, ...wanted })
}

interface Found {
  kind: KindName
  row: StoredRow['row']
}

async function change(c: Context<Env>, { kind, row }: Found, wanted: Record<string, unknown>): Promise<Response> {
  const [key] = kind === 'people' ? ['email'] : kind === 'services' ? ['service'] : ['id']
  if (key && wanted[key] !== row[key]) {
    const wrong = { field: key, fault: 'cannot be changed', mend: 'Leave it out: it is what the row is known by' }
    return problem(c, 422, { title: 'The row cannot be changed so', errors: [wrong] })
  }
  const ours = { zone: c.var.settings.rhythm.zone }
  const checked = checkRow(kind, wanted, ours)
  if ('faults' in checked) {
    const errors = checked.faults.map(({ column, fault, mend }) => ({ field: column, fault, mend }))
    return problem(c, 422, { title: 'The row cannot be changed so', errors })
  }
  const facts = differences(factsFrom(kind, row, ours), checked.facts, c.var.now)
  const blocked = await firstBlocked(c, [{ row: checked.row, facts }])
  if (blocked) return problem(c, 409, stillExposed(blocked.id, 'resolved', blocked.exposures))

  await recordFacts(c.var.db, facts, { recordedAt: c.var.now, source: 'api', origin: 'room', class: null })
  const changed = await findRow(c.var.db, kind, c.req.param('id') ?? '')
  return changed ? c.json(changed.row, 200, { etag: etagOf(changed.row) }) : c.notFound()
}

/** What is told now that was not so before. A kind with a life of its own is told only what differs, as of now. */
function differences(before: readonly Fact[], after: readonly Fact[], now: Date): Fact[] {
  const known = new Set(before.map((fact) => JSON.stringify(fact)))
  return after
    .filter((fact) => !known.has(JSON.stringify(fact)))
    .map((fact) => {
      const past = before.find(({ kind }) => kind === fact.kind)
      return past && 'told' in fact && 'told' in past
        ? ({ ...fact, at: now, told: differing(past.told, fact.told) } as Fact)
        : fact // the same kind with fewer of its own fields
    })
}

function differing(before: object, after: object): object {
  const was = new Map(Object.entries(before).map(([name, value]) => [name, JSON.stringify(value)]))
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => was.get(name) !== JSON.stringify(value)))
}

function notChanged(c: Context<Env>, kind: KindName): Response {
  const mend = `Post what is so now to ${c.req.path.split('/').slice(0, -1).join('/')}`
  return problem(c, 405, { title: `What happened is not changed: ${kind}`, mend, headers: { allow: 'GET, HEAD' } })
}

/** 412 with both versions: the row as it stands, under its new ETag, and what was wanted of it. */
function overtakenSince(c: Context<Env>, stands: StoredRow['row'], wanted: object): Response | undefined {
  const etags = (c.req.header('if-match') ?? '').split(',').map((etag) => etag.trim())
  if (etags.includes('*') || etags.includes(etagOf(stands))) return undefined

  const mend = 'Look at both, then send it again with the ETag that stands now'
  const headers = { etag: etagOf(stands) }
  return problem(c, 412, { title: 'Somebody changed it since you read it', mend, about: { stands, wanted }, headers })
}
