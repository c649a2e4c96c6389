import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { type Asking, CursorError, findRow, listRows, type StoredRow } from '../record/kinds.ts'
import { isKind, type KindName } from '../sources/kinds.ts'
import { problem, type Wrong } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { instantOrFault } from './moments.ts'

/** Rows of a kind, newest first, in the shape in which they are told. `ids` are theirs, `next` is the cursor of the next page. */
export const getMany = factory.createHandlers(async (c) => {
  const kind = c.req.param('kind') ?? ''
  if (!isKind(kind)) return c.notFound()

  const asking = askingOf(c)
  if ('field' in asking) return problem(c, 400, { title: 'That cannot be asked', errors: [asking] })
  try {
    const { rows, next } = await listRows(c.var.db, kind, asking)
    return c.json({ rows: rows.map(({ row }) => row), ids: rows.map(({ id }) => id), next })
  } catch (error) {
    if (!(error instanceof CursorError)) throw error
    const wrong = { field: 'cursor', fault: error.message, mend: 'Start again without a cursor' }
    return problem(c, 400, { title: 'That cannot be asked', errors: [wrong] })
  }
})

/** One row, with the ETag that a PATCH names in If-Match. */
export const getOne = factory.createHandlers(async (c) => {
  const found = await rowAsked(c)
  if (!found) return c.notFound()

  const etag = etagOf(found.row)
  return c.req.header('if-none-match') === etag ? c.body(null, 304, { etag }) : c.json(found.row, 200, { etag })
})

/** The row that the address names. */
export async function rowAsked(c: Context<Env>): Promise<{ kind: KindName; row: StoredRow['row'] } | undefined> {
  const kind = c.req.param('kind') ?? ''
  const found = isKind(kind) ? await findRow(c.var.db, kind, c.req.param('id') ?? '') : undefined
  return found && isKind(kind) ? { kind, row: found.row } : undefined
}

export function etagOf(row: StoredRow['row']): string {
  return `"${createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 22)}"`
}

function askingOf(c: Context<Env>): Asking | Wrong {
  const { from, to, open, limit, ...words } = c.req.query()
  const stray = Object.keys(words).find((word) => !['owner', 'service', 'search', 'cursor'].includes(word))
  if (stray)
    return {
      field: stray,
      fault: 'is not known here',
      mend: 'Ask by from, to, open, owner, service, search, limit, cursor',
    }

  const [since, until] = [from, to].map((said) => (said ? instantOrFault(said, c.var.settings.rhythm.zone) : undefined))
  const instant = 'Write an instant, for example 2026-11-23T09:00:00+01:00'
  if (typeof since === 'string') return { field: 'from', fault: since, mend: instant }
  if (typeof until === 'string') return { field: 'to', fault: until, mend: instant }
  if (open !== undefined && open !== 'true' && open !== 'false')
    return { field: 'open', fault: 'is neither true nor false', mend: 'Write true or false' }
  if (limit !== undefined && !/^([1-9]\d{0,2}|1000)$/.test(limit))
    return { field: 'limit', fault: 'is not a number from 1 to 1000', mend: 'Write 100' }

  return {
    ...words,
    ...(since && { from: since }),
    ...(until && { to: until }),
    ...(open !== undefined && { open: open === 'true' }),
    ...(limit !== undefined && { limit: Number(limit) }),
  }
}
