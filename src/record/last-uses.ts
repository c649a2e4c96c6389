import { eq } from 'drizzle-orm'
import { aMinute } from '../calendar.ts'
import type { Db } from './db.ts'
import { lastUses } from './schema.ts'
import { excluded } from './telling.ts'

interface Uses {
  seen: Map<string, Date>
  kept: Map<string, Date>
}
const uses = new WeakMap<Db, Uses>()
const coarseness = 15 * aMinute

/** That a session, a token or a passkey was used. Kept in mind; `keepUses` writes it. */
export function used(db: Db, id: string, at: Date): void {
  usesOf(db).seen.set(id, at)
}

/** As far as known: exactly since this process started, to the quarter of an hour before. */
export async function lastUseOf(db: Db, id: string): Promise<Date | null> {
  const seen = usesOf(db).seen.get(id)
  if (seen) return seen
  const [kept] = await db.orm.select().from(lastUses).where(eq(lastUses.id, id))
  return kept?.at ?? null
}

/** What was used since it was last written, if that is a quarter of an hour ago: a page is not rendered anew for less. */
export async function keepUses(db: Db, coarse = coarseness): Promise<void> {
  const { seen, kept } = usesOf(db)
  const due = [...seen].filter(([id, at]) => at.getTime() - (kept.get(id)?.getTime() ?? 0) >= coarse)
  if (due.length === 0) return

  const rows = due.map(([id, at]) => ({ id, at }))
  await db.batch([
    db.orm
      .insert(lastUses)
      .values(rows)
      .onConflictDoUpdate({ target: lastUses.id, set: { at: excluded('at') } }),
  ])
  for (const [id, at] of due) kept.set(id, at)
}

export async function allLastUses(db: Db): Promise<Map<string, Date>> {
  const rows = await db.orm.select().from(lastUses)
  return new Map([...rows.map(({ id, at }): [string, Date] => [id, at]), ...usesOf(db).seen])
}

function usesOf(db: Db): Uses {
  const known = uses.get(db) ?? { seen: new Map(), kept: new Map() }
  uses.set(db, known)
  return known
}
