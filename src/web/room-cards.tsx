import type { Context } from 'hono'
import { decisionWord } from '../../views/names.ts'
import { deeds, paths } from '../../views/paths.ts'
import { around as neighbours, stopAt, stopsOf } from '../agenda/score.ts'
import { assign } from '../meeting/assign.ts'
import { say } from '../meeting/say.ts'
import { step } from '../meeting/step.ts'
import type { Fact } from '../record/fact.ts'
import { findIncident } from '../record/incidents.ts'
import { type Decision, decisions } from '../record/schema.ts'
import type { Incident } from '../record/shapes.ts'
import { gatherSitting } from '../record/sitting.ts'
import { answer, voice, words } from './answer.ts'
import { type Env, factory } from './house.ts'
import { morningOf } from './mornings.tsx'
import { isOvertaken, tellOvertaken, type Version } from './overtaken.tsx'
import { companyOf } from './room-reading.ts'
import { isOneOf, nobody, notOneOf } from './wanting.ts'

/**
 * What the room decides on one incident of its agenda, a key each: owner, problem, postmortem. Told together they are decided
 * together. Once it has an owner and its yes or no, the room goes on to the next by itself.
 */
export const cards = factory.createApp().post('/:day/cards/:id', async (c) => {
  const incident = await findIncident(c.var.db, c.req.param('id'), c.var.asOf)
  if (!incident) return c.notFound()

  const said = await words(c)
  const quarrel = quarrelOver(incident, said)
  if (quarrel) return tellOvertaken(c, { ...quarrel, ...formAgain(c, incident, said) })
  if (said.decision !== undefined && !isOneOf(decisions, said.decision)) return notOneOf(c, 'decision', decisions)

  const refused = await decide(c, incident, said)
  if (refused) return refused

  await goOn(c, incident.id, said.from)
  return answer(c, paths.run(c.req.param('day')))
})

type Words = Partial<Record<string, string>>

function quarrelOver(incident: Incident, said: Words) {
  const owner: Version = {
    seen: said.owner === undefined ? undefined : (said['seen.owner'] ?? ''),
    stands: incident.ownerId ?? '',
    wanted: said.owner ?? '',
  }
  const decision: Version = {
    seen: said.decision === undefined ? undefined : (said['seen.decision'] ?? ''),
    stands: incident.postmortem ?? '',
    wanted: said.decision ?? '',
  }
  if (isOvertaken(owner))
    return { what: `the owner of “${incident.title}”`, stands: owner.stands || 'nobody', wanted: owner.wanted }
  return isOvertaken(decision)
    ? {
        what: `the postmortem of “${incident.title}”`,
        stands: decisionWord(decision.stands as Decision), // stored as one
        wanted: decisionWord(isOneOf(decisions, decision.wanted) ? decision.wanted : null),
      }
    : null
}

function formAgain(c: Context<Env>, incident: Incident, said: Words) {
  const day = c.req.param('day') ?? ''
  const fresh = { ...said, 'seen.owner': incident.ownerId ?? '', 'seen.decision': incident.postmortem ?? '' }
  return {
    action: deeds.meeting.card(day, incident.id),
    again: Object.entries(fresh) as [string, string][],
    back: paths.run(day),
  }
}

/** @returns why not; undefined = decided. */
async function decide(c: Context<Env>, incident: Incident, said: Words): Promise<Response | undefined> {
  const { db } = c.var
  const morning = await morningOf(c, c.req.param('day') ?? '')
  const ids = morning ? companyOf(morning, incident.id) : [incident.id]
  if (said.owner !== undefined) {
    for (const id of ids) {
      const assignment = await assign(db, { kind: 'incident', id }, said.owner, voice(c))
      if (assignment.outcome !== 'assigned') return nobody(c, said.owner)
    }
  }
  const facts = ids.flatMap((id) => factsOf(c, id, said))
  const { at, by } = voice(c)
  const opened = said.title === undefined ? [] : [newProblem(c, incident, said.title)]
  if (facts.length + opened.length > 0) await say(db, [...opened, ...facts], { at, by })
  return undefined
}

function factsOf(c: Context<Env>, incidentId: string, { problem, title, decision, why = '' }: Words): Fact[] {
  const { at, by } = voice(c)
  const said = { kind: 'incident-event' as const, incidentId, at, by }
  const link = problem ?? (title === undefined ? undefined : freshProblemId(c))
  return [
    ...(link === undefined ? [] : [{ ...said, event: 'linked-problem' as const, value: link }]),
    ...(decision === undefined ? [] : [{ ...said, event: 'postmortem' as const, value: decision, why }]),
  ]
}

function newProblem(c: Context<Env>, { service, severity }: Incident, title: string): Fact {
  const { at } = voice(c)
  return { kind: 'problem', id: freshProblemId(c), at, told: { title, service, severity, openedAt: at } }
}

// Of the incident and its day: a double click opens one problem.
function freshProblemId(c: Context<Env>): string {
  return `room:${c.req.param('day')}:${c.req.param('id')}`
}

/** Owner and postmortem are there: the room goes on, if it still looks at this one. */
async function goOn(c: Context<Env>, incidentId: string, from: string | undefined): Promise<void> {
  const incident = await findIncident(c.var.db, incidentId, c.var.asOf)
  const isOwned = incident && (incident.ownerId !== null || incident.endedAt !== null)
  if (!from || !isOwned || incident.postmortem === null) return

  const morning = await morningOf(c, c.req.param('day') ?? '')
  if (!morning) return
  const { state, decisions } = await gatherSitting(c.var.db, morning.facts)
  const stops = stopsOf(morning.agenda, { raised: state.raised.length, decided: decisions.length })
  const here = stopAt(stops, morning.agenda, from)
  const rhythm = c.var.settings.rhythm
  if (here)
    await step(c.var.db, c.req.param('day') ?? '', {
      ...voice(c),
      to: neighbours(stops, here).after.name,
      from,
      rhythm,
    })
}
