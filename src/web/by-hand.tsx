import type { Context } from 'hono'
import { type ByHandForm, ByHandPage, type ByHandPageProps } from '../../views/by-hand.tsx'
import { paths, pathTo, withWords } from '../../views/paths.ts'
import { say } from '../meeting/say.ts'
import { findChange } from '../record/changes.ts'
import { findComplaint, knownNames } from '../record/details.ts'
import type { Fact } from '../record/fact.ts'
import { findIncident, graveAndOpen } from '../record/incidents.ts'
import { severities } from '../record/schema.ts'
import type { Complaint } from '../record/shapes.ts'
import { changeFrom, complaintFrom, incidentFrom, type Refused, type Speaker } from '../sources/one-line.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { type Env, factory } from './house.ts'
import { isOneOf } from './wanting.ts'

type Told = Extract<Fact, { kind: ByHandForm }>

/** What the room tells in one line. What was just taken is said again: ?form=change&id=... */
export const byHand = factory.createHandlers(async (c) => show(c, <ByHandPage {...(await asked(c))} />))

/** `complaint`: the one it is made of, which is linked to it. */
export const tellIncident = factory.createHandlers(async (c) => {
  const { severity, complaint: id } = await words(c)
  const complaint = id === undefined ? undefined : await findComplaint(c.var.db, id)
  return tell(
    c,
    'incident',
    (line, speaker) => incidentFrom(line, isOneOf(severities, severity) ? severity : null, speaker),
    (told) => (complaint ? [linkedTo(told.id, complaint)] : []),
  )
})

function linkedTo(incidentId: string, { id, at, text, service, class: told, count, by }: Complaint): Fact {
  return { kind: 'complaint', id, at, text, service, class: told, count, incidentId, by }
}

/** During a deploy lock it may be said that the change is part of the response; otherwise the minutes say that it was not. */
export const tellChange = factory.createHandlers(async (c) => {
  const { response } = await words(c)
  const incident = response === undefined ? undefined : await findIncident(c.var.db, response)
  return tell(c, 'change', changeFrom, ({ id, at }) =>
    incident
      ? [{ kind: 'change-event', changeId: id, at, event: 'in-response', value: incident.id, by: c.var.by }]
      : [],
  )
})

export const tellComplaint = factory.createHandlers((c) => tell(c, 'complaint', complaintFrom))

async function tell(
  c: Context<Env>,
  form: ByHandForm,
  understand: (line: string, speaker: Speaker) => Told | Refused,
  besides: (told: Extract<Told, { at: Date }>) => Fact[] = () => [],
): Promise<Response> {
  const { line = '', back } = await words(c)
  const told = understand(line, await speakerOf(c))
  if ('refused' in told) return refusedLine(c, { form, why: told.refused, text: line })

  await say(c.var.db, [told, ...besides(told)], voice(c), told.kind === 'complaint' ? null : 'manual')
  if (!back?.startsWith(paths.byHand)) return answer(c, pathTo({ kind: form, id: told.id }))
  return c.redirect(withWords(paths.byHand, { form, id: told.id }), 303)
}

/** Who speaks, and the names a line may hold. */
export async function speakerOf(c: Context<Env>): Promise<Speaker> {
  const { db, now, settings } = c.var
  return { now, zone: settings.rhythm.zone, by: c.var.by, ...(await knownNames(db)) }
}

async function refusedLine(c: Context<Env>, refused: NonNullable<ByHandPageProps['refused']>): Promise<Response> {
  const page = <ByHandPage {...(await asked(c))} refused={refused} />
  c.status(422)
  return show(c, page)
}

async function asked(c: Context<Env>): Promise<ByHandPageProps> {
  const [surroundings, { services }, lock, taken] = await Promise.all([
    around(c),
    knownNames(c.var.db),
    graveAndOpen(c.var.db),
    justTaken(c),
  ])
  return { around: surroundings, services, lock, ...(taken && { taken }) }
}

async function justTaken(c: Context<Env>): Promise<ByHandPageProps['taken']> {
  const { form, id = '' } = c.req.query()
  if (!isOneOf(['incident', 'change', 'complaint'], form)) return undefined

  const text = await textOf(c, form, id)
  return text === undefined ? undefined : { form, text, href: pathTo({ kind: form, id }) }
}

async function textOf({ var: { db } }: Context<Env>, form: ByHandForm, id: string): Promise<string | undefined> {
  switch (form) {
    case 'incident':
      return (await findIncident(db, id))?.title
    case 'change':
      return (await findChange(db, id))?.what
    case 'complaint':
      return (await findComplaint(db, id))?.text
  }
}
