import { createClient } from '@libsql/client'
import type { Fact, Telling } from '../../src/record/fact.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { planRestoration, restore } from '../../src/record/restoring.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import { standingOf } from './random-life.ts'
import type { Outcome } from './table.ts'

const count = 2_000
// The other program's clock is the machine's: it wrecks at hour 2, by the same clock.
const begun = Date.now() - 2 * 3_600_000
const hour = (n: number) => new Date(begun + n * 3_600_000)
const tables = ['incidents', 'incident_events']

/** Somebody wipes the owners and deletes half of the incidents past Muster, an import writes garbage; it is seen in the morning. */
export async function badNight(): Promise<Outcome> {
  return inTempFolder(async (folder) => {
    const good = await openHere(folder)
    await tell(
      good,
      ids().map((id) => incident(id, { ownerId: 'lea@example.com' })),
      { at: hour(0), source: 'alertmanager' },
    )
    const before = await standingOf(good, tables)
    await good.close()
    await wreck(`${folder}/muster.db`)

    const db = await openHere(folder)
    await tell(
      db,
      ids()
        .slice(0, 300)
        .map((id) => incident(id, { title: 'garbage', severity: 'sev4' })),
      { at: hour(3), source: 'import', origin: 'import' },
    )
    const spoken = ids().slice(0, 20)
    for (const id of spoken) await tell(db, [assigned(id)], { at: hour(10), source: 'room', origin: 'room' })
    const started = performance.now()
    const to = hour(1)
    const told = { at: hour(11), by: 'ana@example.com', why: 'the night is taken back' }
    const { conflicts } = await restore(db, () => planRestoration(db, { to, table: 'incidents' }), told)
    const ms = performance.now() - started
    const left = new Set(conflicts.map(({ thing }) => thing))
    for (const thing of spoken) await restore(db, () => planRestoration(db, { to, table: 'incidents', thing }), told)
    const after = await standingOf(db, tables)
    await db.close()
    const isBack = tables.every((table) => before.get(table) === after.get(table))
    const isTold = left.size === spoken.length && spoken.every((id) => left.has(id))
    const lost = `0 of ${count} incidents, ${conflicts.length} left to the room`
    return { tried: count, survived: isBack ? count : 0, lost, worstMs: ms, asMeant: isBack && isTold && ms <= 60_000 }
  })
}

function ids(): string[] {
  return Array.from({ length: count }, (_, n) => `INC-${n}`)
}

function incident(id: string, more: object): Fact {
  const at = hour(-1)
  return {
    kind: 'incident',
    id,
    at,
    told: { title: `${id} broke`, startedAt: at, service: 'search', severity: 'sev2', ...more },
  }
}

function assigned(incidentId: string): Fact {
  return { kind: 'incident-event', incidentId, at: hour(10), event: 'assigned', value: 'ana@example.com' }
}

async function tell(
  db: Awaited<ReturnType<typeof openHere>>,
  facts: readonly Fact[],
  { at, source, origin = 'tool' }: { at: Date; source: string; origin?: Telling['origin'] },
): Promise<void> {
  for (let from = 0; from < facts.length; from += 200)
    await recordFacts(db, facts.slice(from, from + 200), { recordedAt: at, source, origin, class: null })
}

// With another program, while Muster is stopped: the triggers are in the file itself.
async function wreck(path: string): Promise<void> {
  const client = createClient({ url: `file:${path}` })
  await client.execute('UPDATE incidents SET owner_id = NULL')
  await client.execute(`DELETE FROM incident_events WHERE incident_id LIKE '%1' OR incident_id LIKE '%3'`)
  await client.execute(`DELETE FROM incidents WHERE id LIKE '%1' OR id LIKE '%3'`)
  client.close()
}
