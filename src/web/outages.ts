import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { keepPromise, promise, runOutage, tick } from '../meeting/run-outage.ts'
import { findIncident } from '../record/incidents.ts'
import { outagesOf } from '../record/outages.ts'
import type { Incident } from '../record/shapes.ts'
import { answer, voice, words } from './answer.ts'
import { correct } from './correcting.ts'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { instantOrFault } from './moments.ts'
import { overtaken, ownerMatter } from './overtaken.tsx'
import { missing, nobody, unfit } from './wanting.ts'

type Deed = (c: Context<Env>, incident: Incident) => Promise<Response>
const on = (deed: Deed) => found((c, id) => findIncident(c.var.db, id, c.var.asOf), deed)

/** How an incident is run while it lasts, and what of it turned out otherwise. */
export const outages = factory
  .createApp()
  .post('/:id/outage-manager', ...on(run))
  .post('/:id/promises', ...on(promised))
  .post('/:id/promises/keeping', ...on(kept))
  .post('/:id/ticks', ...on(ticked))
  .post('/:id/correction', ...on(correct))

async function run(c: Context<Env>, { id, title }: Incident): Promise<Response> {
  const { person, note = '' } = await words(c)
  if (!person) return missing(c, 'person', 'Name the person who runs it')

  const [outage] = await outagesOf(c.var.db, [id], c.var.asOf)
  const asked = { field: 'person', what: `who runs “${title}”`, stands: outage?.runnerId ?? null, wanted: person }
  const quarrel = await overtaken(c, [await ownerMatter(c, asked)])
  if (quarrel) return quarrel

  const taken = await runOutage(c.var.db, id, { ...voice(c), name: person, note })
  switch (taken.outcome) {
    case 'runs it':
      return answer(c, paths.incident(id))
    case 'nobody by that name':
      return nobody(c, person)
    case 'no note':
      return missing(c, 'note', 'Say how it stands: whoever takes over must know')
  }
}

async function promised(c: Context<Env>, { id }: Incident): Promise<Response> {
  const { what, due } = await words(c)
  if (!what) return missing(c, 'what', 'Say what is promised')

  const dueAt = instantOrFault(due ?? '', c.var.settings.rhythm.zone)
  if (typeof dueAt === 'string') return unfit(c, { field: 'due', fault: dueAt, mend: 'Write 2026-11-23 10:30' })
  await promise(c.var.db, id, { ...voice(c), what, dueAt })
  return answer(c, paths.incident(id))
}

async function kept(c: Context<Env>, { id }: Incident): Promise<Response> {
  const { said } = await words(c)
  if (!said) return missing(c, 'said', 'Say which promise')

  await keepPromise(c.var.db, id, { ...voice(c), said })
  return answer(c, paths.incident(id))
}

async function ticked(c: Context<Env>, { id }: Incident): Promise<Response> {
  const { step, skipped } = await words(c)
  if (!step) return missing(c, 'step', 'Say which step')

  await tick(c.var.db, id, { ...voice(c), step, skipped })
  return answer(c, paths.incident(id))
}
