import type { Context } from 'hono'
import { deeds, paths } from '../../views/paths.ts'
import { PeoplePage } from '../../views/people.tsx'
import { PersonPage } from '../../views/person.tsx'
import { anHour, isZone } from '../calendar.ts'
import { note } from '../record/audit.ts'
import { forgetPerson } from '../record/forgetting.ts'
import { identitiesOf } from '../record/identities.ts'
import { closePerson, reopenPerson } from '../record/leaving.ts'
import { allPeople, peopleAt } from '../record/people.ts'
import { recordFacts } from '../record/record-facts.ts'
import { allRoles, rolesOf, setRoles } from '../record/roles.ts'
import { roles } from '../record/schema.ts'
import { endSessionsOf, listSessions } from '../record/sessions.ts'
import { makeSignInLink } from '../record/sign-in-links.ts'
import { allTeams, setTeams } from '../record/teams.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { refuse } from './faults.tsx'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { isOneOf, missing, notOneOf, unfit } from './wanting.ts'

type Somebody = Awaited<ReturnType<typeof allPeople>>[number]
type Deed = (c: Context<Env>, person: Somebody) => Promise<Response>
const on = (deed: Deed) => found(somebody, deed)
const functions = ['support', 'operations', 'development', 'business'] as const

export const people = factory
  .createApp()
  .get('/', page)
  .post('/', add)
  .get('/:id', ...on(personPage))
  .post('/:id', ...on(change))
  .post('/:id/roles', ...on(appoint))
  .post('/:id/teams', ...on(team))
  .post('/:id/link', ...on(link))
  .post('/:id/closing', ...on(close))
  .post('/:id/reopening', ...on(reopen))
  .post('/:id/forgetting', ...on(forget))
  .post('/:id/sessions/ending', ...on(signOut))

async function somebody(c: Context<Env>, id: string): Promise<Somebody | undefined> {
  return (await allPeople(c.var.db)).find((person) => person.id === id)
}

async function page(c: Context<Env>): Promise<Response> {
  const { db, asOf, now } = c.var
  const everybody = asOf < now ? peopleAt(db, asOf) : allPeople(db)
  const [surroundings, listed, given, teams] = await Promise.all([around(c), everybody, allRoles(db), allTeams(db)])
  const people = listed.map((one) => ({ ...one, roles: given.get(one.id) ?? [] }))
  return show(c, <PeoplePage around={surroundings} people={people} teams={teams} parts={roles} />)
}

function personPage(c: Context<Env>, person: Somebody): Promise<Response> {
  return shown(c, person)
}

async function shown(c: Context<Env>, person: Somebody, fresh?: string): Promise<Response> {
  const { db, now } = c.var
  const surroundings = await around(c)
  const isTheirs = surroundings.may(deeds.person.signOut(person.id))
  const [given, teams, identities, sessions] = await Promise.all([
    rolesOf(db, person.id),
    allTeams(db),
    identitiesOf(db, person.id),
    isTheirs ? listSessions(db, { personId: person.id }, now) : [],
  ])
  return show(
    c,
    <PersonPage
      around={surroundings}
      person={{ ...person, roles: given }}
      teams={teams.filter(({ members }) => members.includes(person.id)).map(({ name }) => name)}
      parts={roles}
      providers={identities.map(({ issuer }) => new URL(issuer).host)}
      sessions={sessions}
      fresh={fresh}
    />,
  )
}

async function add(c: Context<Env>): Promise<Response> {
  const { name, email, function: side, role = 'viewer' } = await words(c)
  if (!name) return missing(c, 'name', 'Say what they are called')
  if (!email || !/^[^\s@<>]+@[^\s@<>]+$/.test(email))
    return unfit(c, { field: 'email', fault: 'is no address', mend: 'Write ana@example.com' })
  if (side !== undefined && !isOneOf(functions, side)) return notOneOf(c, 'function', functions)
  if (!isOneOf(roles, role)) return notOneOf(c, 'role', roles)
  if (await somebody(c, email.toLowerCase()))
    return refuse(c, 409, { title: `${email} is on the list already`, mend: paths.person(email.toLowerCase()) })

  await tell(c, { name, email, role: null, function: side ?? null, zone: null, deputy: null })
  await setRoles(c.var.db, email.toLowerCase(), [role], deed(c))
  return answer(c, paths.person(email.toLowerCase()))
}

async function change(c: Context<Env>, person: Somebody): Promise<Response> {
  const { name, function: side, zone, deputy } = await words(c)
  if (!name) return missing(c, 'name', 'Say what they are called')
  if (side !== undefined && !isOneOf(functions, side)) return notOneOf(c, 'function', functions)
  if (zone !== undefined && !isZone(zone))
    return unfit(c, { field: 'zone', fault: 'is no time zone', mend: 'Write Europe/Berlin' })
  const standIn = deputy === undefined ? null : await somebody(c, deputy.toLowerCase())
  if (standIn === undefined || standIn?.id === person.id)
    return unfit(c, { field: 'deputy', fault: 'is nobody else of the list', mend: 'Choose somebody of the list' })

  const { email, role } = person
  await tell(c, { name, email, role, function: side ?? null, zone: zone ?? null, deputy: standIn?.id ?? null })
  return answer(c, paths.person(person.id))
}

async function appoint(c: Context<Env>, { id }: Somebody): Promise<Response> {
  const said = await words(c)
  const wanted = roles.filter((role) => said[role] !== undefined)
  const { outcome } = await setRoles(c.var.db, id, wanted, deed(c))
  return outcome === 'appointed' ? answer(c, paths.person(id)) : lastOne(c)
}

async function team(c: Context<Env>, { id }: Somebody): Promise<Response> {
  const { teams = '' } = await words(c)
  const names = teams.split(',').map((name) => name.trim())
  await setTeams(c.var.db, id, [...new Set(names.filter((name) => name !== ''))], deed(c))
  return answer(c, paths.person(id))
}

/** Told once, on the page that answers: it is never an address of ours, nor kept. */
async function link(c: Context<Env>, person: Somebody): Promise<Response> {
  if (person.closedAt !== null)
    return refuse(c, 409, { title: `${person.name} has left`, mend: 'Let them be back first' })

  const { db, now, settings } = c.var
  await note(db, { ...deed(c), what: 'link-made', subject: person.id })
  const secret = await makeSignInLink(db, { personId: person.id, at: now, lastsMs: anHour })
  return shown(c, person, new URL(paths.signInLink(secret), settings.publicUrl).href)
}

async function close(c: Context<Env>, person: Somebody): Promise<Response> {
  const { outcome } = await closePerson(c.var.db, person, deed(c))
  return outcome === 'closed' ? answer(c, paths.person(person.id)) : lastOne(c)
}

async function reopen(c: Context<Env>, person: Somebody): Promise<Response> {
  await reopenPerson(c.var.db, person, deed(c))
  return answer(c, paths.person(person.id))
}

async function forget(c: Context<Env>, person: Somebody): Promise<Response> {
  const { email } = await words(c)
  if (person.closedAt === null)
    return refuse(c, 409, { title: `${person.name} is still here`, mend: 'Only who has left can be forgotten' })
  if (email?.toLowerCase() !== person.id)
    return unfit(c, { field: 'email', fault: 'is not theirs', mend: 'Write it as it stands above' })

  return c.redirect(paths.person(await forgetPerson(c.var.db, person, deed(c))), 303)
}

async function signOut(c: Context<Env>, { id }: Somebody): Promise<Response> {
  await endSessionsOf(c.var.db, { personId: id }, deed(c))
  return answer(c, paths.person(id))
}

function lastOne(c: Context<Env>): Response | Promise<Response> {
  const mend = 'Give somebody else that part first'
  return refuse(c, 409, { title: 'This is the last administrator', mend })
}

function deed(c: Context<Env>) {
  return { ...voice(c), from: c.var.from }
}

async function tell(c: Context<Env>, person: Omit<Somebody, 'id' | 'closedAt'>): Promise<void> {
  const { at, by } = voice(c)
  const telling = { recordedAt: at, source: 'room', origin: 'room', class: null, by } as const
  await recordFacts(c.var.db, [{ kind: 'person', ...person }], telling)
}
