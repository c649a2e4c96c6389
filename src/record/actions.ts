import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import { type ActionEvent, actionStandingOf } from './action-state.ts'
import type { Db } from './db.ts'
import type { ActionHappening, Fact, Telling } from './fact.ts'
import { toldText } from './incident-state.ts'
import { actionEvents, actions } from './schema.ts'
import type { Action } from './shapes.ts'
import { asRow, type Decided, following, groupBy, isSame, type Placed, sameHappening, upsert } from './telling.ts'

type ActionFact = Extract<Fact, { kind: 'action' }> | ActionHappening

/** How one action stood at an instant (default: as far as we know). */
export async function findAction(db: Db, id: string, at?: Date): Promise<Action | undefined> {
  const standing = actionStandingOf(id, await actionTimeline(db, id), at)
  if (standing === undefined) return undefined

  const { changedAt: _, ...columns } = standing
  return { id, ...columns }
}

/** Everything said of an action, oldest first. */
export async function actionTimeline(db: Db, id: string): Promise<ActionEvent[]> {
  return db.orm
    .select()
    .from(actionEvents)
    .where(eq(actionEvents.actionId, id))
    .orderBy(asc(actionEvents.at), asc(actionEvents.recordedAt))
}

/** Open at `at`, or ended after `from`; the soonest due first. */
export async function actionsSince(db: Db, from: Date, at: Date): Promise<Action[]> {
  const rows = await db.orm
    .select()
    .from(actions)
    .where(and(lte(actions.openedAt, at), or(isNull(actions.endedAt), gt(actions.endedAt, from))))
    .orderBy(asc(actions.dueAt), asc(actions.openedAt))
  const moved = rows.filter((row) => row.changedAt > at).map((row) => row.id)
  const said =
    moved.length > 0 ? await db.orm.select().from(actionEvents).where(inArray(actionEvents.actionId, moved)) : []
  return rows.flatMap((row) => {
    const standing = moved.includes(row.id)
      ? actionStandingOf(
          row.id,
          said.filter((event) => event.actionId === row.id),
          at,
        )
      : row
    if (standing === undefined) return []
    const { title, state, openedAt, ownerId, dueAt, acknowledgedAt, endedAt, originKind, originId } = standing
    return [{ id: row.id, title, state, openedAt, ownerId, dueAt, acknowledgedAt, endedAt, originKind, originId }]
  })
}

/** What facts about actions amount to, given all that was said before. Reads; writes nothing. */
export async function decideActions(db: Db, facts: readonly Placed<ActionFact>[], telling: Telling): Promise<Decided> {
  const decided: Decided = { outcomes: new Map(), writes: [], shifts: [] }
  const byAction = groupBy(facts, ({ fact }) => (fact.kind === 'action' ? fact.id : fact.actionId))
  if (byAction.size === 0) return decided

  const ids = [...byAction.keys()]
  const [said, known] = await Promise.all([
    db.orm.select().from(actionEvents).where(inArray(actionEvents.actionId, ids)),
    db.orm.select({ id: actions.id, recordedAt: actions.recordedAt }).from(actions).where(inArray(actions.id, ids)),
  ])
  const saidOf = groupBy(said, (event) => event.actionId)
  for (const [id, placed] of byAction) {
    const before = saidOf.get(id) ?? []
    const events = [...before]
    for (const { place, fact } of placed) {
      const word = fact.kind === 'action' ? { at: fact.at, event: 'told', value: toldText(fact.told) } : fact
      const event = following({ actionId: id, ...asRow(word, telling) }, events)
      const repeats = telling.origin !== 'room' && events.some((other) => sameHappening(other, event))
      const outcome = repeats || saysNothing(id, events, event) ? 'unchanged' : events.length > 0 ? 'changed' : 'new'
      decided.outcomes.set(place, outcome)
      if (outcome === 'unchanged') continue

      const stands = events.findIndex((other) => sameHappening(other, event))
      if (stands >= 0) events.splice(stands, 1)
      events.push(event)
    }
    const fresh = events.filter((event) => !before.includes(event))
    const standing = actionStandingOf(id, events)
    if (fresh.length > 0 && standing) {
      const recordedAt = known.find((row) => row.id === id)?.recordedAt ?? telling.recordedAt
      decided.writes.push(
        ...upsert(db, actionEvents, ['actionId', 'at', 'kind', 'value'], fresh),
        ...upsert(db, actions, ['id'], [{ id, ...standing, recordedAt }]),
      )
    }
  }
  return decided
}

function saysNothing(id: string, events: readonly ActionEvent[], event: ActionEvent): boolean {
  if (event.kind === 'note') return events.some((other) => sameHappening(other, event))
  if (events.length === 0) return false

  const { changedAt: _, ...before } = actionStandingOf(id, events) ?? { changedAt: event.at }
  const { changedAt: __, ...after } = actionStandingOf(id, [
    ...events.filter((other) => !sameHappening(other, event)),
    event,
  ]) ?? { changedAt: event.at }
  return isSame(before, after)
}
