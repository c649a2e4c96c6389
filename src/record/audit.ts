import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Db } from './db.ts'
import { audit } from './schema.ts'

export type AuditLine = typeof audit.$inferSelect
/** `by`: a person's id, 'token NAME', 'projector NAME', 'console', 'muster'; '' = nobody signed in. `from`: an address. */
export type Noted = Pick<AuditLine, 'at' | 'by' | 'what'> &
  Partial<Pick<AuditLine, 'subject' | 'was' | 'became' | 'from'>>

/** The line, to be written in the transaction of what it tells. */
export function noted(db: Db, line: Noted): BatchItem<'sqlite'> {
  return db.orm.insert(audit).values(line)
}

export async function note(db: Db, line: Noted): Promise<void> {
  await db.batch([noted(db, line)])
}

const waiting = new WeakMap<Db, Map<string, Noted & { count: number }>>()
const mostWaiting = 500

/**
 * What anybody can make happen a thousand times a second is counted, and written once a minute: neither the disk nor the
 * reader of the audit pays for it.
 */
export function noteLater(db: Db, line: Noted): void {
  const lines = waiting.get(db) ?? new Map<string, Noted & { count: number }>()
  waiting.set(db, lines)
  const key = [line.what, line.by, line.subject, line.from].join('\n')
  const known = lines.get(key)
  if (known) known.count++
  else if (lines.size < mostWaiting) lines.set(key, { ...line, count: 1 })
}

export async function writeWaiting(db: Db): Promise<void> {
  const lines = [...(waiting.get(db)?.values() ?? [])]
  waiting.delete(db)
  if (lines.length > 0) await db.batch([db.orm.insert(audit).values(lines)])
}

export interface AuditAsked {
  by?: string | undefined
  what?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
  before?: number | undefined // the cursor: the number of the last line of the page before
  limit: number
}

/** Newest first. */
export async function listAudit(db: Db, { by, what, from, to, before, limit }: AuditAsked): Promise<AuditLine[]> {
  const wanted: (SQL | undefined)[] = [
    by ? eq(audit.by, by) : undefined,
    what ? eq(audit.what, what) : undefined,
    from && gte(audit.at, from),
    to && lt(audit.at, to),
    before ? lt(audit.number, before) : undefined,
  ]
  return db.orm
    .select()
    .from(audit)
    .where(and(...wanted))
    .orderBy(desc(audit.number))
    .limit(limit)
}
