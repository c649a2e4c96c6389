import type { Context } from 'hono'
import { IncidentPage } from '../../views/incident.tsx'
import { paths } from '../../views/paths.ts'
import { assign } from '../meeting/assign.ts'
import { say } from '../meeting/say.ts'
import { settle } from '../meeting/settle.ts'
import { proposeFor } from '../post/proposing.ts'
import { findChange } from '../record/changes.ts'
import type { IncidentEventKind } from '../record/fact.ts'
import { findIncident, incidentTimeline } from '../record/incidents.ts'
import { decisions, severities } from '../record/schema.ts'
import type { Incident } from '../record/shapes.ts'
import { verdictsBy } from '../record/verdicts.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { tellIncident } from './by-hand.tsx'
import { refuse } from './faults.tsx'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { causeMatter, decisionMatter, sessionMatter, severityMatter, stateMatter } from './incident-matters.ts'
import { aboutIncident, suspectsOf } from './incident-page.ts'
import { list } from './lists.tsx'
import { merge, split } from './merging.ts'
import { instantOrFault } from './moments.ts'
import { overtaken, ownerMatter } from './overtaken.tsx'
import { problemIdFor } from './room-ids.ts'
import { isOneOf, missing, nobody, notOneOf, unfit } from './wanting.ts'

type Deed = (c: Context<Env>, incident: Incident) => Promise<Response>
const on = (deed: Deed) => found((c, id) => findIncident(c.var.db, id, c.var.asOf), deed)

export const incidents = factory
  .createApp()
  .get('/', ...list('incidents'))
  .post('/', ...tellIncident)
  .get('/:id', ...on(page))
  .post('/:id/owner', ...on(owner))
  .post('/:id/severity', ...on(severity))
  .post('/:id/mitigation', ...on((c, incident) => moved(c, incident, 'mitigated')))
  .post('/:id/resolution', ...on((c, incident) => settled(c, incident, 'resolved')))
  .post('/:id/closing', ...on((c, incident) => settled(c, incident, 'closed')))
  .post('/:id/reopening', ...on((c, incident) => moved(c, incident, 'reopened')))
  .post('/:id/acknowledgement', ...on((c, incident) => told(c, incident, 'acknowledged')))
  .post('/:id/postmortem', ...on(postmortem))
  .post('/:id/postmortem/session', ...on(session))
  .post('/:id/notes', ...on(note))
  .post('/:id/problems', ...on(problem))
  .post('/:id/merge', ...on(merge))
  .post('/:id/split', ...on(split))
  .post('/:id/cause', ...on(cause))

async function page(c: Context<Env>, incident: Incident): Promise<Response> {
  const [surroundings, about, timeline] = await Promise.all([
    around(c),
    aboutIncident(c, incident),
    incidentTimeline(c.var.db, incident.id),
  ])
  const happened = timeline.filter(({ at }) => at <= c.var.asOf)
  return show(c, <IncidentPage around={surroundings} incident={incident} timeline={happened} {...about} />)
}

async function owner(c: Context<Env>, { id, title, ownerId }: Incident): Promise<Response> {
  const { owner } = await words(c)
  if (!owner) return missing(c, 'owner', 'Name the person who takes it')

  const matter = await ownerMatter(c, { what: `the owner of “${title}”`, stands: ownerId, wanted: owner })
  const quarrel = await overtaken(c, [matter])
  if (quarrel) return quarrel

  const assignment = await assign(c.var.db, { kind: 'incident', id }, owner, voice(c))
  return assignment.outcome === 'assigned' ? answer(c, paths.incident(id)) : nobody(c, owner)
}

async function severity(c: Context<Env>, incident: Incident): Promise<Response> {
  const { severity } = await words(c)
  if (!isOneOf(severities, severity)) return notOneOf(c, 'severity', severities)

  const quarrel = await overtaken(c, [severityMatter(incident, severity)])
  return quarrel ?? told(c, incident, 'severity', severity)
}

/** It goes on to another state, unless somebody brought it to yet another meanwhile. */
async function moved(c: Context<Env>, incident: Incident, event: 'mitigated' | 'reopened'): Promise<Response> {
  const quarrel = await overtaken(c, [stateMatter(incident, event === 'reopened' ? 'open' : event)])
  return quarrel ?? told(c, incident, event)
}

async function settled(c: Context<Env>, incident: Incident, as: 'resolved' | 'closed'): Promise<Response> {
  const quarrel = await overtaken(c, [stateMatter(incident, as)])
  if (quarrel) return quarrel

  const { id, title } = incident
  const { why } = await words(c)
  const settlement = await settle(c.var.db, id, { ...voice(c), as, why })
  if (settlement.outcome === 'settled') return answer(c, paths.incident(id))

  return refuse(c, 409, stillExposed(title, as, settlement.exposures))
}

/** Why an incident cannot be settled, with the exposures in its way. */
export function stillExposed(title: string, as: string, exposures: { id: string; service: string }[]) {
  const services = exposures.map(({ service }) => service).join(', ')
  return {
    title: `“${title}” is not ${as}: ${services} still runs on one site alone`,
    mend: `Bring redundancy back first: ${exposures.map(({ id }) => paths.exposure(id)).join(', ')}`,
    about: { exposures: exposures.map(({ id, service }) => ({ id, service, address: paths.exposure(id) })) },
  }
}

async function postmortem(c: Context<Env>, incident: Incident): Promise<Response> {
  const { decision } = await words(c)
  if (!isOneOf(decisions, decision)) return notOneOf(c, 'decision', decisions)

  const quarrel = await overtaken(c, [decisionMatter(incident, decision)])
  return quarrel ?? told(c, incident, 'postmortem', decision)
}

async function session(c: Context<Env>, incident: Incident): Promise<Response> {
  const { for: said, proposed } = await words(c)
  if (proposed) return firstFree(c, incident)
  if (!said) return missing(c, 'for', 'Say when the postmortem is held')

  const at = instantOrFault(said, c.var.settings.rhythm.zone)
  if (typeof at === 'string') return unfit(c, { field: 'for', fault: at, mend: 'Write 2026-11-25 14:00' })
  return schedule(c, incident, at)
}

/** Within the limit of its severity, avoiding what the calendars of those who should come know. */
async function firstFree(c: Context<Env>, incident: Incident): Promise<Response> {
  const { db, now, settings } = c.var
  const at = await proposeFor(db, incident, { now, rhythm: settings.rhythm })
  if (at) return schedule(c, incident, at)
  return refuse(c, 409, { title: 'No hour is free for all within its limit', mend: 'Choose a date and time yourself' })
}

async function schedule(c: Context<Env>, incident: Incident, at: Date): Promise<Response> {
  const quarrel = await overtaken(c, [sessionMatter(incident, at, c.var.settings.rhythm.zone)])
  return quarrel ?? told(c, incident, 'postmortem-scheduled', at.toISOString())
}

async function note(c: Context<Env>, incident: Incident): Promise<Response> {
  const { text } = await words(c)
  return text ? told(c, incident, 'note', text) : missing(c, 'text', 'Write the note')
}

/** Links it to a problem that is known by its id, or by a title to a new one. */
async function problem(c: Context<Env>, incident: Incident): Promise<Response> {
  const { problem, title } = await words(c)
  if (problem) return told(c, incident, 'linked-problem', problem)
  if (!title) return missing(c, 'problem', 'Choose a problem, or give a new one its title')

  const { at, by } = voice(c)
  const id = problemIdFor(c, incident, title)
  const fresh = { title, service: incident.service, openedAt: at }
  await say(c.var.db, [{ kind: 'problem', id, at, told: fresh }], { at, by })
  return told(c, incident, 'linked-problem', id)
}

/** The room's verdict: which change caused it, or that none did. What was suspected is kept beside it, to score the guess. */
async function cause(c: Context<Env>, incident: Incident): Promise<Response> {
  const { change: causeId } = await words(c)
  if (causeId === undefined) return missing(c, 'change', 'Choose the change that caused it, or none')

  const { db, asOf } = c.var
  const { changes, suspect } = await suspectsOf(db, incident)
  const cause =
    causeId === 'none' ? undefined : (changes.find(({ id }) => id === causeId) ?? (await findChange(db, causeId, asOf)))
  if (causeId !== 'none' && !cause)
    return unfit(c, { field: 'change', fault: `no change is known as ${causeId}`, mend: 'Choose one of the list' })

  const before = (await verdictsBy(db, asOf)).find(({ incidentId }) => incidentId === incident.id)
  const quarrel = await overtaken(c, [causeMatter(incident, before, { wanted: causeId, changes })])
  if (quarrel) return quarrel

  const { at, by } = voice(c)
  const verdict = { at, event: 'cause' as const, value: cause?.id ?? '', by, why: suspect?.id ?? '' }
  const found = { kind: 'incident', id: incident.id, at, told: { changeId: cause?.id ?? null } } as const
  await say(db, [{ kind: 'incident-event', incidentId: incident.id, ...verdict }, found], { at, by })
  return answer(c, paths.incident(incident.id))
}

async function told(c: Context<Env>, { id }: Incident, event: IncidentEventKind, value = ''): Promise<Response> {
  const { why = '' } = await words(c)
  const { at, by } = voice(c)
  await say(c.var.db, [{ kind: 'incident-event', incidentId: id, at, event, value, by, why }], { at, by })
  return answer(c, paths.incident(id))
}
