import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { around as neighbours, stopAt, stopsOf } from '../agenda/score.ts'
import { assign } from '../meeting/assign.ts'
import { say, type Voice } from '../meeting/say.ts'
import { step } from '../meeting/step.ts'
import type { Fact } from '../record/fact.ts'
import { findIncident } from '../record/incidents.ts'
import { decisions } from '../record/schema.ts'
import type { Incident } from '../record/shapes.ts'
import { gatherSitting } from '../record/sitting.ts'
import { answer, voice, words } from './answer.ts'
import { type Env, factory } from './house.ts'
import { inTurn } from './in-turn.ts'
import { decisionMatter } from './incident-matters.ts'
import { morningOf } from './mornings.tsx'
import { type Matter, overtaken, ownerMatter } from './overtaken.tsx'
import { problemIdFor } from './room-ids.ts'
import { companyOf } from './room-reading.ts'
import { isOneOf, nobody, notOneOf } from './wanting.ts'

/**
 * What the room decides on one incident of its agenda, a key each: owner, problem, postmortem. Told together they are decided
 * together. Once it has an owner and its yes or no, the room goes on to the next by itself.
 */
export const cards = factory.createApp().post('/:day/cards/:id', async (c) => {
  await words(c) // nobody waits for a form that is still on its way
  return inTurn(c, `incidents ${c.req.param('id')}`, () => decideOn(c, c.req.param('id')))
})

async function decideOn(c: Context<Env>, id: string): Promise<Response> {
  const incident = await findIncident(c.var.db, id, c.var.asOf)
  if (!incident) return c.notFound()

  const said = await words(c)
  if (said.decision !== undefined && !isOneOf(decisions, said.decision)) return notOneOf(c, 'decision', decisions)
  const refused = (await overtaken(c, await mattersOf(c, incident, said))) ?? (await decide(c, incident, said))
  if (refused) return refused

  await goOn(c, incident.id, said.from)
  return answer(c, paths.run(c.req.param('day') ?? ''))
}

type Words = Partial<Record<string, string>>

async function mattersOf(c: Context<Env>, incident: Incident, { owner, decision }: Words): Promise<Matter[]> {
  const { title, ownerId: stands } = incident
  return [
    ...(owner ? [await ownerMatter(c, { what: `the owner of “${title}”`, stands, wanted: owner })] : []),
    ...(isOneOf(decisions, decision) ? [decisionMatter(incident, decision)] : []),
  ]
}

/**
 * Of those told together each that stood as this one, or that nobody had decided yet, is decided with it.
 * @returns why not; undefined = decided.
 */
async function decide(c: Context<Env>, incident: Incident, said: Words): Promise<Response | undefined> {
  const { db } = c.var
  const morning = await morningOf(c, c.req.param('day') ?? '')
  const company = morning ? companyOf(morning, incident) : [incident]
  if (said.owner !== undefined) {
    for (const { id } of company.filter(({ ownerId }) => ownerId === null || ownerId === incident.ownerId)) {
      const assignment = await assign(db, { kind: 'incident', id }, said.owner, voice(c))
      if (assignment.outcome !== 'assigned') return nobody(c, said.owner)
    }
  }
  const { at, by } = voice(c)
  const { title } = said
  const problem = title === undefined ? said.problem : problemIdFor(c, incident, title)
  const opened = problem === undefined || title === undefined ? [] : [newProblem(problem, title, { incident, at })]
  const facts = [...opened, ...linked(company, problem, voice(c)), ...verdicts(company, incident, said, voice(c))]
  if (facts.length > 0) await say(db, facts, { at, by })
  return undefined
}

function linked(company: Incident[], value: string | undefined, { at, by }: Voice): Fact[] {
  if (value === undefined) return []
  return company.map(({ id }) => ({ kind: 'incident-event', incidentId: id, at, by, event: 'linked-problem', value }))
}

function verdicts(company: Incident[], incident: Incident, { decision, why = '' }: Words, { at, by }: Voice): Fact[] {
  if (decision === undefined) return []
  return company
    .filter(({ postmortem }) => postmortem === null || postmortem === incident.postmortem)
    .map(({ id }) => ({ kind: 'incident-event', incidentId: id, at, by, event: 'postmortem', value: decision, why }))
}

function newProblem(id: string, title: string, { incident, at }: { incident: Incident; at: Date }): Fact {
  const { service, severity } = incident
  return { kind: 'problem', id, at, told: { title, service, severity, openedAt: at } }
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
