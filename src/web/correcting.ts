import type { Context } from 'hono'
import { figure } from '../../views/figures.ts'
import { paths } from '../../views/paths.ts'
import { dateTimeWords } from '../calendar.ts'
import { say } from '../meeting/say.ts'
import { exposuresBlocking } from '../record/exposures.ts'
import type { Fact, IncidentTold } from '../record/fact.ts'
import { severities } from '../record/schema.ts'
import type { Incident } from '../record/shapes.ts'
import { answer, voice, words } from './answer.ts'
import { refuse, type Wrong } from './faults.tsx'
import type { Env } from './house.ts'
import { severityMatter } from './incident-matters.ts'
import { stillExposed } from './incidents.tsx'
import { instantOrFault } from './moments.ts'
import { type Matter, overtaken, seenBy } from './overtaken.tsx'
import { isOneOf, notOneOf, unfit } from './wanting.ts'

/**
 * Severity and customer-minutes as they turned out, and when it really began and ended: back-dated, by the room's word. What the
 * form leaves as it saw it is left as it stands.
 */
export async function correct(c: Context<Env>, incident: Incident): Promise<Response> {
  const { severity, customerMinutes, startedAt, resolvedAt } = await words(c)
  if (severity !== undefined && !isOneOf(severities, severity)) return notOneOf(c, 'severity', severities)
  if (customerMinutes !== undefined && !/^\d{1,15}(\.\d+)?$/.test(customerMinutes))
    return unfit(c, { field: 'customerMinutes', fault: 'is no number', mend: 'Write 1200' })

  const began = momentIn(c, 'startedAt', startedAt)
  const ended = momentIn(c, 'resolvedAt', resolvedAt)
  for (const wrong of [began, ended]) if (wrong && 'fault' in wrong) return unfit(c, wrong)

  const seen = await seenBy(c)
  const wished: Matter[] = [
    ...(severity === undefined ? [] : [severityMatter(incident, severity)]),
    ...(customerMinutes === undefined ? [] : [costMatter(incident, customerMinutes)]),
    ...(began instanceof Date ? [momentMatter(c, incident, 'startedAt', began)] : []),
    ...(ended instanceof Date ? [momentMatter(c, incident, 'resolvedAt', ended)] : []),
  ]
  const changed = wished.filter(({ field, wanted }) => seen[field] === undefined || seen[field] !== wanted)
  const refused = (await overtaken(c, changed)) ?? (await untenable(c, incident, { began, ended }))
  if (refused) return refused

  const { at, by } = voice(c)
  await say(c.var.db, factsOf(incident, changed, at), { at, by })
  return answer(c, paths.incident(incident.id))
}

type Moments = Record<'began' | 'ended', Date | Wrong | null>

/** undefined = it may have been so. */
async function untenable(
  c: Context<Env>,
  incident: Incident,
  { began, ended }: Moments,
): Promise<Response | undefined> {
  const from = began instanceof Date ? began : incident.startedAt
  const to = ended instanceof Date ? ended : incident.endedAt
  if (from > c.var.now) return unfit(c, { field: 'startedAt', fault: 'is still to come', mend: 'Say when it began' })
  if (to && to > c.var.now)
    return unfit(c, { field: 'resolvedAt', fault: 'is still to come', mend: 'Say when it ended' })
  if (to && to < from)
    return unfit(c, { field: 'resolvedAt', fault: 'is before it began', mend: 'Correct both, or the other one' })

  const ends = ended instanceof Date && incident.endedAt === null
  const exposures = ends ? await exposuresBlocking(c.var.db, incident.id, c.var.now) : []
  return exposures.length > 0 ? refuse(c, 409, stillExposed(incident.title, 'resolved', exposures)) : undefined
}

function momentIn(c: Context<Env>, field: string, text: string | undefined): Date | Wrong | null {
  if (text === undefined) return null
  const at = instantOrFault(text, c.var.settings.rhythm.zone)
  return typeof at === 'string' ? { field, fault: at, mend: 'Write 2026-11-23 02:10' } : at
}

function costMatter({ title, customerMinutes }: Incident, wanted: string): Matter {
  const told = (value: string) => (value === '' ? 'unknown' : figure(Number(value)))
  const stands = customerMinutes === null ? null : String(customerMinutes)
  return {
    field: 'customerMinutes',
    what: `the customer-minutes of “${title}”`,
    stands,
    wanted: String(Number(wanted)),
    told,
  }
}

function momentMatter(c: Context<Env>, incident: Incident, field: 'startedAt' | 'resolvedAt', wanted: Date): Matter {
  const told = (value: string) =>
    value === '' ? 'not said' : dateTimeWords(new Date(value), c.var.settings.rhythm.zone)
  const what = `when “${incident.title}” ${field === 'startedAt' ? 'began' : 'ended'}`
  return { field, what, stands: incident[field]?.toISOString() ?? null, wanted: wanted.toISOString(), told }
}

/** A new beginning speaks for the whole life; anything else, as of now. */
function factsOf({ id }: Incident, changed: Matter[], at: Date): Fact[] {
  const told = Object.assign({}, ...changed.map(columnOf)) as IncidentTold
  const { startedAt, ...rest } = told
  return [
    ...(startedAt ? [{ kind: 'incident' as const, id, at: startedAt, told: { startedAt } }] : []),
    ...(Object.keys(rest).length > 0 ? [{ kind: 'incident' as const, id, at, told: rest }] : []),
  ]
}

function columnOf({ field, wanted }: Matter): IncidentTold {
  const value = wanted ?? ''
  if (field === 'customerMinutes') return { customerMinutes: Number(value) }
  return { [field]: field === 'severity' ? value : new Date(value) }
}
