import { and, desc, eq, gt, inArray, lte, or } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { ChangeHappening, Fact, Telling } from './fact.ts'
import { changeEvents, changes, needs } from './schema.ts'
import type { Change } from './shapes.ts'
import { asRow, type Decided, inPortions, insertNew, isSame, type Placed, type Shift, upsert } from './telling.ts'

type ChangeFact = Extract<Fact, { kind: 'change' }>
type ChangeRow = typeof changes.$inferSelect
type Said = typeof changeEvents.$inferSelect

export async function findChange(db: Db, id: string, at = new Date(8.64e15)): Promise<Change | undefined> {
  const rows = await db.orm
    .select()
    .from(changes)
    .where(and(eq(changes.id, id), lte(changes.at, at)))
  return (await withWhatWasSaid(db, rows, at))[0]
}

/** Changes up to an instant that touch a service or anything it needs, newest first (S24). */
export async function changesBefore(
  db: Db,
  { service, at, limit = 20 }: { service: string; at: Date; limit?: number },
): Promise<Change[]> {
  const touched = [service, ...(await allNeedsOf(db, service))]
  const newest = await Promise.all(
    touched.map((name) =>
      db.orm
        .select()
        .from(changes)
        .where(and(eq(changes.service, name), lte(changes.at, at)))
        .orderBy(desc(changes.at))
        .limit(limit),
    ),
  )
  return withWhatWasSaid(
    db,
    newest
      .flat()
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, limit),
    at,
  )
}

/** In (from, to], or heard of in it though older than `from` and younger than the record. */
export async function changesWithin(
  db: Db,
  { from, to, heardFrom, bornAt }: { from: Date; to: Date; heardFrom: Date; bornAt: Date },
): Promise<Change[]> {
  const inSpan = and(gt(changes.at, from), lte(changes.at, to))
  const late = and(
    gt(changes.recordedAt, heardFrom),
    lte(changes.recordedAt, to),
    lte(changes.at, from),
    gt(changes.at, bornAt),
  )
  const rows = await db.orm.select().from(changes).where(or(inSpan, late)).orderBy(desc(changes.at))
  const found = await withWhatWasSaid(db, rows, to)
  return found.map((change, place) => ({ ...change, late: isLate(rows[place], heardFrom, bornAt) }))
}

function isLate(row: ChangeRow | undefined, heardFrom: Date, bornAt: Date): boolean {
  return row !== undefined && row.at <= heardFrom && row.at > bornAt && row.recordedAt > heardFrom
}

/** Everything a service stands on, however deep. */
export async function allNeedsOf(db: Db, service: string): Promise<string[]> {
  const edges = await db.orm.select().from(needs)
  const found = new Set<string>()
  const waiting = [service]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const edge of edges.filter((one) => one.service === next && !found.has(one.needs))) {
      found.add(edge.needs)
      waiting.push(edge.needs)
    }
  }
  found.delete(service)
  return [...found]
}

async function withWhatWasSaid(db: Db, rows: readonly ChangeRow[], at: Date): Promise<Change[]> {
  const portions = [
    ...inPortions(
      rows.map((row) => row.id),
      1000,
    ),
  ].map((ids) =>
    db.orm
      .select()
      .from(changeEvents)
      .where(and(inArray(changeEvents.changeId, ids), lte(changeEvents.at, at))),
  )
  const said = (await Promise.all(portions)).flat()
  return rows.map(({ recordedAt: _, ...row }) => ({
    ...row,
    rolledBackAt: firstAt(said, row.id, 'rolled-back'),
    deniedAt: firstAt(said, row.id, 'denied'),
    inResponseTo: said.find(({ changeId, kind }) => changeId === row.id && kind === 'in-response')?.value ?? null,
    late: false,
  }))
}

function firstAt(said: readonly Said[], changeId: string, kind: string): Date | null {
  return said.find((word) => word.changeId === changeId && word.kind === kind)?.at ?? null
}

/** Changes are kept as told; an import may correct one. A tool that tells one again can only say more of it, or an earlier start. */
export async function decideChanges(
  db: Db,
  facts: readonly Placed<ChangeFact | ChangeHappening>[],
  telling: Telling,
): Promise<Decided> {
  const decided: Decided = { outcomes: new Map(), writes: [], shifts: [] }
  if (facts.length === 0) return decided

  const ids = [...new Set(facts.map(({ fact }) => (fact.kind === 'change' ? fact.id : fact.changeId)))]
  const portions = [...inPortions(ids, 1000)].map((portion) =>
    db.orm.select().from(changes).where(inArray(changes.id, portion)),
  )
  const known = new Map((await Promise.all(portions)).flat().map((row) => [row.id, row]))
  const rows = new Map<string, ChangeRow>()
  const said = (await db.orm
    .select()
    .from(changeEvents)
    .where(inArray(changeEvents.changeId, ids.slice(0, 1000)))) as Said[]
  const words: Said[] = []
  for (const { place, fact } of facts) {
    if (fact.kind === 'change') {
      const before = rows.get(fact.id) ?? known.get(fact.id)
      const row =
        before && telling.origin === 'tool' ? retold(before, fact, telling) : asChange(fact, before ?? telling)
      decided.outcomes.set(place, before === undefined ? 'new' : isSame(before, row) ? 'unchanged' : 'changed')
      if (!isSame(before, row)) rows.set(fact.id, row)
      decided.shifts.push(...shiftsOf(before, row))
    } else {
      const word = { changeId: fact.changeId, ...asRow(fact, telling) }
      const repeats = [...said, ...words].some(
        (other) => other.changeId === word.changeId && other.kind === word.kind && other.value === word.value,
      )
      decided.outcomes.set(place, repeats ? 'unchanged' : 'new')
      if (!repeats) words.push(word)
    }
  }
  decided.writes.push(...upsert(db, changes, ['id'], [...rows.values()]), ...insertNew(db, changeEvents, words))
  return decided
}

// A tool tells a deployment with each of its states, in any order: it began with the first of them. Read anew, after somebody
// decided what its names mean, it is called what it is called now.
function retold(before: ChangeRow, fact: ChangeFact, telling: Telling): ChangeRow {
  const at = fact.at < before.at ? fact.at : before.at
  const isReadAnew = (telling.rank ?? 0) * 1000 > before.recordedAt.getTime()
  const now = asChange({ ...fact, at }, before)
  if (isReadAnew) return now
  return {
    ...before,
    at,
    what: now.what.startsWith(before.what) ? now.what : before.what, // how it ended is said behind what it is
    service: before.service ?? now.service,
    site: before.site ?? now.site,
    who: before.who ?? now.who,
    url: before.url ?? now.url,
  }
}

function shiftsOf(before: ChangeRow | undefined, row: ChangeRow): Shift[] {
  if (before?.at.getTime() === row.at.getTime()) return []
  const counted = { figure: 'changes.inWindow', subjectKind: 'change', subjectId: row.id }
  return [
    ...(before ? [{ ...counted, at: before.at, by: -1 as const }] : []),
    { ...counted, at: row.at, by: 1 as const },
  ]
}

function asChange(
  { id, at, what, service, site, who, url, type }: ChangeFact,
  { source, recordedAt }: { source: string; recordedAt: Date },
): ChangeRow {
  return { id, at, what, service, site, who, url, kind: type, source, recordedAt }
}
