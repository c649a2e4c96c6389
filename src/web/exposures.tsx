import type { Context } from 'hono'
import { ExposurePage } from '../../views/exposure.tsx'
import { paths } from '../../views/paths.ts'
import { dateTimeWords } from '../calendar.ts'
import { figureOf } from '../measures/exposure.ts'
import { assign } from '../meeting/assign.ts'
import { say } from '../meeting/say.ts'
import { exposureTimeline } from '../record/details.ts'
import { exposuresOf, findExposure } from '../record/exposures.ts'
import type { ExposureHappening } from '../record/fact.ts'
import { findIncident } from '../record/incidents.ts'
import type { Exposure } from '../record/shapes.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { refuse } from './faults.tsx'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { list } from './lists.tsx'
import { overtaken, ownerMatter } from './overtaken.tsx'
import { dueOrFault, missing, nobody, unfit } from './wanting.ts'

type Deed = (c: Context<Env>, exposure: Exposure) => Promise<Response>
const on = (deed: Deed) => found((c, id) => findExposure(c.var.db, id, c.var.asOf), deed)
const onOpen = (deed: Deed) => on((c, exposure) => (exposure.until ? isOver(c, exposure) : deed(c, exposure)))

export const exposures = factory
  .createApp()
  .get('/', ...list('exposures'))
  .get('/:id', ...on(page))
  .post('/:id/owner', ...onOpen(owner))
  .post('/:id/plan', ...onOpen(plan))
  .post('/:id/eta', ...onOpen(eta))
  .post('/:id/notes', ...on(note))

async function page(c: Context<Env>, exposure: Exposure): Promise<Response> {
  const { db, asOf, settings } = c.var
  const [surroundings, timeline, earlier, incidents] = await Promise.all([
    around(c),
    exposureTimeline(db, exposure),
    exposuresOf(db, exposure.service, asOf),
    Promise.all(exposure.incidentIds.map((id) => findIncident(db, id, asOf))),
  ])
  return show(
    c,
    <ExposurePage
      around={surroundings}
      figure={figureOf(exposure, { asOf, zone: settings.rhythm.zone })}
      timeline={timeline.filter(({ at }) => at <= asOf)}
      incidents={incidents.filter((incident) => incident !== undefined)}
      earlier={earlier.filter(({ since }) => since < exposure.since)}
    />,
  )
}

// What is decided of an episode that is over would fall into the next one.
function isOver(c: Context<Env>, { service }: Exposure): Promise<Response> {
  return refuse(c, 409, { title: `${service} is redundant again`, mend: 'There is nothing left to plan for this one' })
}

async function owner(c: Context<Env>, { id, service, ownerId }: Exposure): Promise<Response> {
  const { owner } = await words(c)
  if (!owner) return missing(c, 'owner', 'Name the person who takes it')

  const what = `who brings ${service} back to two sites`
  const quarrel = await overtaken(c, [await ownerMatter(c, { what, stands: ownerId, wanted: owner })])
  if (quarrel) return quarrel

  const assignment = await assign(c.var.db, { kind: 'exposure', service }, owner, voice(c))
  return assignment.outcome === 'assigned' ? answer(c, paths.exposure(id)) : nobody(c, owner)
}

async function plan(c: Context<Env>, exposure: Exposure): Promise<Response> {
  const { plan } = await words(c)
  if (!plan) return missing(c, 'plan', 'Say what is being done')

  const what = `the plan for ${exposure.service}`
  const quarrel = await overtaken(c, [{ field: 'plan', what, stands: exposure.plan, wanted: plan }])
  return quarrel ?? told(c, exposure, { event: 'plan', value: plan })
}

async function eta(c: Context<Env>, exposure: Exposure): Promise<Response> {
  const { eta } = await words(c)
  if (!eta) return missing(c, 'eta', 'Say by when redundancy is back')

  const at = dueOrFault(eta, c.var.settings.rhythm.zone)
  if (typeof at === 'string') return unfit(c, { field: 'eta', fault: at, mend: 'Write 2026-11-23 14:00' })
  const { eta: stands, service } = exposure
  const inWords = (value: string) => value && dateTimeWords(new Date(value), c.var.settings.rhythm.zone)
  const matter = {
    field: 'eta',
    what: `by when ${service} is redundant again`,
    wanted: at.toISOString(),
    told: inWords,
  }
  const quarrel = await overtaken(c, [{ ...matter, stands: stands?.toISOString() ?? null }])
  return quarrel ?? told(c, exposure, { event: 'eta', value: at.toISOString() })
}

async function note(c: Context<Env>, exposure: Exposure): Promise<Response> {
  const { text } = await words(c)
  return text ? told(c, exposure, { event: 'note', value: text }) : missing(c, 'text', 'Write the note')
}

type Said = Pick<ExposureHappening, 'event' | 'value'>

/** Said twice it is said once: only what differs from how the episode stands is told. */
async function told(c: Context<Env>, exposure: Exposure, said: Said): Promise<Response> {
  const { at, by } = voice(c)
  const stands = { plan: exposure.plan, eta: exposure.eta?.toISOString() }
  const isNew = said.event === 'note' || stands[said.event as keyof typeof stands] !== said.value
  if (isNew) await say(c.var.db, [{ kind: 'exposure-event', service: exposure.service, at, by, ...said }], { at, by })
  return answer(c, paths.exposure(exposure.id))
}
