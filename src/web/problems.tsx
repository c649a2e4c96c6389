import type { Context } from 'hono'
import { problemStateWord } from '../../views/names.ts'
import { paths } from '../../views/paths.ts'
import { ProblemPage } from '../../views/problem.tsx'
import { assign } from '../meeting/assign.ts'
import { say } from '../meeting/say.ts'
import { incidentsAsTheyStood } from '../record/as-they-stood.ts'
import type { ProblemHappening } from '../record/fact.ts'
import { incidentsOfProblem } from '../record/incidents.ts'
import { findProblem, problemTimeline } from '../record/problems.ts'
import { type ProblemState, problemStates } from '../record/schema.ts'
import type { Problem } from '../record/shapes.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { list } from './lists.tsx'
import { overtaken, ownerMatter } from './overtaken.tsx'
import { isOneOf, missing, nobody, notOneOf } from './wanting.ts'

type Deed = (c: Context<Env>, problem: Problem) => Promise<Response>
const on = (deed: Deed) => found((c, id) => findProblem(c.var.db, id, c.var.asOf), deed)

export const problems = factory
  .createApp()
  .get('/', ...list('problems'))
  .get('/:id', ...on(page))
  .post('/:id/owner', ...on(owner))
  .post('/:id/state', ...on(state))
  .post('/:id/notes', ...on(note))

async function page(c: Context<Env>, problem: Problem): Promise<Response> {
  const [surroundings, timeline, caused] = await Promise.all([
    around(c),
    problemTimeline(c.var.db, problem.id),
    incidentsOfProblem(c.var.db, problem.id).then((rows) => incidentsAsTheyStood(c.var.db, rows, c.var.asOf)),
  ])
  const incidents = caused.map((row) => ({ ...row, problemIds: [problem.id], news: [] }))
  const happened = timeline.filter(({ at }) => at <= c.var.asOf)
  return show(c, <ProblemPage around={surroundings} problem={problem} timeline={happened} incidents={incidents} />)
}

async function owner(c: Context<Env>, { id, title, ownerId }: Problem): Promise<Response> {
  const { owner } = await words(c)
  if (!owner) return missing(c, 'owner', 'Name the person who takes it')

  const matter = await ownerMatter(c, { what: `the owner of “${title}”`, stands: ownerId, wanted: owner })
  const quarrel = await overtaken(c, [matter])
  if (quarrel) return quarrel

  const assignment = await assign(c.var.db, { kind: 'problem', id }, owner, voice(c))
  return assignment.outcome === 'assigned' ? answer(c, paths.problem(id)) : nobody(c, owner)
}

async function state(c: Context<Env>, problem: Problem): Promise<Response> {
  const { state } = await words(c)
  if (!isOneOf(problemStates, state)) return notOneOf(c, 'state', problemStates)

  const inWords = (value: string) => problemStateWord(value as ProblemState) // stored as one
  const what = `the state of “${problem.title}”`
  const quarrel = await overtaken(c, [{ field: 'state', what, stands: problem.state, wanted: state, told: inWords }])
  if (quarrel) return quarrel

  return told(
    c,
    problem,
    state === 'closed' || state === 'fix-deployed' ? { event: state } : { event: 'state', value: state },
  )
}

async function note(c: Context<Env>, problem: Problem): Promise<Response> {
  const { text } = await words(c)
  return text ? told(c, problem, { event: 'note', value: text }) : missing(c, 'text', 'Write the note')
}

type Said = Pick<ProblemHappening, 'event' | 'value'>

async function told(c: Context<Env>, { id }: Problem, said: Said): Promise<Response> {
  const { why = '' } = await words(c)
  const { at, by } = voice(c)
  await say(c.var.db, [{ kind: 'problem-event', problemId: id, at, by, why, ...said }], { at, by })
  return answer(c, paths.problem(id))
}
