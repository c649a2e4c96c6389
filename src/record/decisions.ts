import { and, asc, eq, gte, inArray, lte } from 'drizzle-orm'
import type { Db } from './db.ts'
import {
  actionEvents,
  actions,
  changeEvents,
  changes,
  exposureEvents,
  incidentEvents,
  incidents,
  problemEvents,
  problems,
} from './schema.ts'

/** One thing the room said of one subject while it sat. */
export interface Decision {
  subjectKind: 'incident' | 'problem' | 'action' | 'exposure' | 'change'
  subjectId: string
  title: string
  at: Date
  kind: string
  value: string
  by: string
  why: string
}

/** What the room decided in a span, both ends included, oldest first. Of two words on one matter the later stands. */
export async function decisionsWithin(db: Db, { from, to }: { from: Date; to: Date }): Promise<Decision[]> {
  const within = (table: Happenings) =>
    and(eq(table.origin, 'room'), gte(table.recordedAt, from), lte(table.recordedAt, to))
  const [ofIncidents, ofProblems, ofActions, ofExposures, ofChanges] = await Promise.all([
    db.orm.select().from(incidentEvents).where(within(incidentEvents)).orderBy(asc(incidentEvents.at)),
    db.orm.select().from(problemEvents).where(within(problemEvents)).orderBy(asc(problemEvents.at)),
    db.orm.select().from(actionEvents).where(within(actionEvents)).orderBy(asc(actionEvents.at)),
    db.orm.select().from(exposureEvents).where(within(exposureEvents)).orderBy(asc(exposureEvents.at)),
    db.orm.select().from(changeEvents).where(within(changeEvents)).orderBy(asc(changeEvents.at)),
  ])
  const titles = await titlesOf(db, {
    incident: ofIncidents.map(({ incidentId }) => incidentId),
    problem: ofProblems.map(({ problemId }) => problemId),
    action: ofActions.map(({ actionId }) => actionId),
    change: ofChanges.map(({ changeId }) => changeId),
  })
  const said = [
    ...ofIncidents.map((row) => asDecision('incident', row.incidentId, row)),
    ...ofProblems.map((row) => asDecision('problem', row.problemId, row)),
    ...ofActions.map((row) => asDecision('action', row.actionId, row)),
    ...ofExposures.map((row) => asDecision('exposure', row.service, row)),
    ...ofChanges.map((row) => asDecision('change', row.changeId, row)),
  ]
  return lastOnEachMatter(said.toSorted(earlierFirst)).map(({ rank: _, ...word }) => ({
    ...word,
    title: titles.get(`${word.subjectKind} ${word.subjectId}`) ?? word.subjectId,
  }))
}

type Happenings =
  | typeof incidentEvents
  | typeof problemEvents
  | typeof actionEvents
  | typeof exposureEvents
  | typeof changeEvents
interface Word extends Omit<Decision, 'title'> {
  rank: number
}

function asDecision(
  subjectKind: Decision['subjectKind'],
  subjectId: string,
  { at, kind, value, by, why, rank }: { at: Date; kind: string; value: string; by: string; why: string; rank: number },
): Word {
  return { subjectKind, subjectId, at, kind, value, by, why, rank }
}

function earlierFirst(a: Word, b: Word): number {
  return a.at.getTime() - b.at.getTime() || a.rank - b.rank
}

// Several notes, links, promises and ticks of one subject stand side by side; an owner or a verdict replaces the one before.
const manifold = ['note', 'linked-problem', 'promised', 'promise-kept', 'checked', 'skipped', 'told', 'course']

function lastOnEachMatter(said: readonly Word[]): Word[] {
  const last = new Map(said.map((word) => [matterOf(word), word]))
  return said.filter((word) => last.get(matterOf(word)) === word)
}

function matterOf({ subjectKind, subjectId, kind, value }: Word): string {
  return JSON.stringify([subjectKind, subjectId, kind, manifold.includes(kind) ? value : null])
}

async function titlesOf(db: Db, ids: Record<'incident' | 'problem' | 'action' | 'change', string[]>) {
  const [ofIncidents, ofProblems, ofActions, ofChanges] = await Promise.all([
    db.orm
      .select({ id: incidents.id, title: incidents.title })
      .from(incidents)
      .where(inArray(incidents.id, ids.incident)),
    db.orm.select({ id: problems.id, title: problems.title }).from(problems).where(inArray(problems.id, ids.problem)),
    db.orm.select({ id: actions.id, title: actions.title }).from(actions).where(inArray(actions.id, ids.action)),
    db.orm.select({ id: changes.id, title: changes.what }).from(changes).where(inArray(changes.id, ids.change)),
  ])
  return new Map<string, string>([
    ...ofIncidents.map(({ id, title }) => [`incident ${id}`, title] as const),
    ...ofProblems.map(({ id, title }) => [`problem ${id}`, title] as const),
    ...ofActions.map(({ id, title }) => [`action ${id}`, title] as const),
    ...ofChanges.map(({ id, title }) => [`change ${id}`, title] as const),
  ])
}
