import type { Context } from 'hono'
import { HistoryPage, type HistoryPageProps, SavingPage, type Whose } from '../../views/history.tsx'
import { deeds, paths, withWords } from '../../views/paths.ts'
import { thingWord } from '../../views/version-words.ts'
import { findAction } from '../record/actions.ts'
import { findChange } from '../record/changes.ts'
import { findExposure } from '../record/exposures.ts'
import { findIncident } from '../record/incidents.ts'
import { findProblem } from '../record/problems.ts'
import { forEveryReader, isOfTheMeeting } from '../record/reach.ts'
import { type Plan, planRestoration, planUndoing, restore } from '../record/restoring.ts'
import { isRemembered, NeverTurnedBackError } from '../record/turning-back.ts'
import { findSaving, latestSavings, pastOf, type Saving } from '../record/versions.ts'
import { answer, show, words } from './answer.ts'
import { around } from './around.ts'
import { refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { instantOrFault } from './moments.ts'
import { mayGo } from './policy.ts'
import { missing, unfit } from './wanting.ts'

/** The kinds whose things have a past of their own to be read and brought back. */
const kinds = {
  incidents: async (c: Context<Env>, id: string) => (await findIncident(c.var.db, id, c.var.now))?.title,
  problems: async (c: Context<Env>, id: string) => (await findProblem(c.var.db, id, c.var.now))?.title,
  actions: async (c: Context<Env>, id: string) => (await findAction(c.var.db, id, c.var.now))?.title,
  changes: async (c: Context<Env>, id: string) => (await findChange(c.var.db, id, c.var.now))?.what,
  exposures: async (c: Context<Env>, id: string) => (await findExposure(c.var.db, id, c.var.now))?.service,
}
type Kind = keyof typeof kinds
const pageful = 200

/** The past: of one thing, of a table, of everything; and the way back. */
export const histories = factory.createApp()
for (const kind of Object.keys(kinds) as Kind[])
  histories
    .get(`/${kind}/:id/history`, (c) => history(c, kind))
    .post(`/${kind}/:id/restoration`, (c) => restoreThing(c, kind))

histories
  .get(paths.past, async (c) => {
    const read = { at: c.var.asOf, tables: tablesFor(c), before: beforeOf(c), limit: pageful }
    const savings = await latestSavings(c.var.db, read)
    return tell(
      c,
      { kicker: 'History', title: 'What was changed lately', here: paths.past, thing: null, restoration: null },
      { savings },
    )
  })
  .get(`${paths.past}/:number{[0-9]+}`, async (c) => {
    const saving = await findSaving(c.var.db, Number(c.req.param('number')), { tables: tablesFor(c) })
    if (!saving) return c.notFound()

    const undoing = await undoingFor(c, saving.number)
    const plan = undoing && changesOf(undoing) > 0 ? undoing : null
    const together = undoing?.savings.length ?? 0
    return show(c, <SavingPage around={await around(c)} saving={saving} plan={plan} together={together} />)
  })
  .post(`${paths.past}/:number{[0-9]+}/undoing`, async (c) => {
    const number = Number(c.req.param('number'))
    const { why } = await words(c)
    if (!why) return missing(c, 'why', 'Say why it is undone')
    const plan = await undoingFor(c, number)
    if (!plan) return c.notFound()
    if (changesOf(plan) === 0 && changesOf((await planUndoing(c.var.db, number)) ?? nothing) > 0)
      return refuse(c, 403, { title: 'It is not the meeting’s own', mend: 'Ask an administrator to undo it' })

    await bringBack(c, `change ${number} undone: ${why}`, async () => (await undoingFor(c, number)) ?? nothing)
    return answer(c, paths.past)
  })
  .get(`${paths.past}/tables/:table`, async (c) => {
    const table = c.req.param('table')
    if (!isRemembered(table)) return c.notFound()

    const read = { at: c.var.asOf, tables: [table], before: beforeOf(c), limit: pageful }
    const savings = await latestSavings(c.var.db, read)
    const here = paths.tablePast(table)
    const whose = { kicker: 'Table', title: table, here, thing: null, restoration: deeds.past.tableRestoration(table) }
    return tell(c, whose, { savings, table })
  })
  .post(`${paths.past}/tables/:table/restoration`, async (c) => {
    const table = c.req.param('table')
    return restoreTo(c, { table, back: paths.tablePast(table) })
  })

const nothing: Plan = { differences: [], conflicts: [] }

/** undefined = all: whoever may read any table. */
function tablesFor(c: Context<Env>): readonly string[] | undefined {
  return mayReadAll(c) ? undefined : forEveryReader
}

/** What is not the meeting’s own (roles, letters, how tools are read) only an administrator turns back. */
function undoingFor(c: Context<Env>, number: number) {
  return planUndoing(c.var.db, number, mayReadAll(c) ? undefined : isOfTheMeeting)
}

function changesOf({ differences, conflicts }: Plan): number {
  return differences.length + conflicts.length
}

function mayReadAll(c: Context<Env>): boolean {
  return mayGo(c.var.asker, 'GET', paths.tablePast('versions'))
}

async function history(c: Context<Env>, kind: Kind): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const thing = thingOf(kind, id)
  const savings = await pastOf(c.var.db, { table: kind, thing, at: c.var.asOf, before: beforeOf(c), limit: pageful })
  const title = await kinds[kind](c, id)
  if (savings.length === 0 && title === undefined) return c.notFound()

  const whose = {
    kicker: `History of ${thingWord(kind)} ${id}`,
    title: title ?? 'It is no longer there',
    here: paths.pastOf(kind, id),
    thing: title === undefined ? null : `/${kind}/${encodeURIComponent(id)}`,
    restoration: deeds.past.restoration(kind, id),
  }
  return tell(c, whose, { savings, table: kind, thing })
}

async function restoreThing(c: Context<Env>, kind: Kind): Promise<Response> {
  const id = c.req.param('id') ?? ''
  return restoreTo(c, { table: kind, thing: thingOf(kind, id), back: paths.pastOf(kind, id) })
}

// What is said of an exposure is said of its service.
function thingOf(kind: Kind, id: string): string {
  return kind === 'exposures' && id.includes('@') ? id.slice(0, id.lastIndexOf('@')) : id
}

interface Told {
  savings: Saving[]
  table?: string
  thing?: string
}

async function tell(c: Context<Env>, whose: Whose, { savings, table, thing }: Told): Promise<Response> {
  const last = savings.at(-1)?.rows[0]?.number
  const isFull = savings.reduce((sum, { rows }) => sum + rows.length, 0) >= pageful
  const older = isFull && last !== undefined ? withWords(whose.here, { before: String(last) }) : null
  const asked = table === undefined ? null : await previewOf(c, { table, thing })
  return show(c, <HistoryPage around={await around(c)} whose={whose} savings={savings} older={older} asked={asked} />)
}

async function previewOf(
  c: Context<Env>,
  { table, thing }: { table: string; thing: string | undefined },
): Promise<HistoryPageProps['asked']> {
  const to = c.req.query('to')
  if (!to) return null
  const instant = instantOrFault(to, c.var.settings.rhythm.zone)
  if (typeof instant === 'string') return { to, fault: instant }
  try {
    return { to, instant, plan: await planRestoration(c.var.db, { to: instant, table, thing }) }
  } catch (error) {
    if (error instanceof NeverTurnedBackError) return { to, fault: error.message }
    throw error
  }
}

async function restoreTo(
  c: Context<Env>,
  { table, thing, back }: { table: string; thing?: string; back: string },
): Promise<Response> {
  const { to, why } = await words(c)
  if (!to) return missing(c, 'to', 'Say as of when')
  if (!why) return missing(c, 'why', 'Say why it is brought back')
  const instant = instantOrFault(to, c.var.settings.rhythm.zone)
  if (typeof instant === 'string') return unfit(c, { field: 'to', fault: instant, mend: 'Write 2026-11-23 09:00' })
  try {
    await bringBack(c, `as of ${to}: ${why}`, () => planRestoration(c.var.db, { to: instant, table, thing }))
    return answer(c, back)
  } catch (error) {
    if (!(error instanceof NeverTurnedBackError)) throw error
    return refuse(c, 409, { title: error.message, mend: 'Restore the whole record into a new file, and look there' })
  }
}

async function bringBack(c: Context<Env>, why: string, plan: () => Promise<Plan>): Promise<void> {
  await restore(c.var.db, plan, { at: c.var.now, by: c.var.by, why })
}

function beforeOf(c: Context<Env>): number | undefined {
  const before = Number(c.req.query('before'))
  return Number.isSafeInteger(before) && before > 0 ? before : undefined
}
