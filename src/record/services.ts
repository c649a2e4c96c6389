import { asc, eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Fact, Telling } from './fact.ts'
import { decidePlain } from './plain.ts'
import { needs, services } from './schema.ts'
import type { Service } from './shapes.ts'
import { type Decided, insertNew, isSame, type Placed } from './telling.ts'

/** Every service that was described, with what it needs. One that is only mentioned elsewhere is not among them. */
export async function allServices(db: Db): Promise<Service[]> {
  const [rows, edges] = await Promise.all([
    db.orm.select().from(services).orderBy(asc(services.id)),
    db.orm.select().from(needs),
  ])
  return rows.map(({ recordedAt: _, ...row }) => ({
    ...row,
    needs: edges.filter((edge) => edge.service === row.id).map(({ needs, group }) => ({ needs, group })),
  }))
}

/** null says nothing about a column; `needs` given replaces the needs. */
export async function decideServices(
  db: Db,
  facts: readonly Placed<Extract<Fact, { kind: 'service' }>>[],
  telling: Telling,
): Promise<Decided> {
  const decided = await decidePlain(db, facts, services, {
    idOf: (fact) => fact.id,
    asRow: ({ id, tier, objective, sitesRequired, team, objectives }, before) => ({
      id,
      tier: tier ?? before?.tier ?? null,
      objective: objective ?? before?.objective ?? null,
      sitesRequired: sitesRequired ?? before?.sitesRequired ?? null,
      team: team ?? before?.team ?? null,
      objectives: { ...before?.objectives, ...objectives },
      recordedAt: before?.recordedAt ?? telling.recordedAt,
    }),
  })
  const edges = facts.length > 0 ? await db.orm.select().from(needs) : []
  for (const { place, fact } of facts) {
    if (fact.needs === null) continue
    const before = edges.filter((edge) => edge.service === fact.id).map(({ needs, group }) => ({ needs, group }))
    if (isSame(before.toSorted(byName), fact.needs.toSorted(byName))) continue

    if (decided.outcomes.get(place) === 'unchanged') decided.outcomes.set(place, 'changed')
    decided.writes.push(
      db.orm.delete(needs).where(eq(needs.service, fact.id)),
      ...insertNew(
        db,
        needs,
        fact.needs.map((need) => ({ service: fact.id, ...need })),
      ),
    )
  }
  return decided
}

function byName(a: { needs: string }, b: { needs: string }): number {
  return a.needs < b.needs ? -1 : 1
}
