import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { listAudit, note } from '../record/audit.ts'
import { closePerson, reopenPerson } from '../record/leaving.ts'
import { allPeople } from '../record/people.ts'
import { recordFacts } from '../record/record-facts.ts'
import { rolesOf, setRoles } from '../record/roles.ts'
import { voice } from './answer.ts'
import { type Env, factory } from './house.ts'
import { jsonBody } from './json-body.ts'
import { filterFrom, patchedBy, type Somebody, schemas, type TheirWords, userOf, wordsIn } from './scim-words.ts'

const users = '/Users'
const one = `${users}/:id` as const

/**
 * SCIM 2.0 (RFC 7644): a directory lets people in and out. Created, somebody may look (viewer); inactive or deleted, they have
 * left: what they owned is nobody's, their sessions end. Whose token it is stands in the audit. Groups are not kept.
 */
export const scim = factory
  .createApp()
  .get('/ServiceProviderConfig', (c) => reply(c, 200, providerConfig))
  .get('/ResourceTypes', (c) => reply(c, 200, asList([resourceType])))
  .get('/Schemas', (c) => reply(c, 200, asList([userSchema])))
  .get('/Groups', (c) => reply(c, 200, asList([])))
  .get(users, list)
  .post(users, create)
  .get(one, (c) => withPerson(c, async (person) => reply(c, 200, shown(c, person))))
  .put(one, (c) => withPerson(c, (person) => replace(c, person)))
  .patch(one, (c) => withPerson(c, (person) => patch(c, person)))
  .delete(one, (c) => withPerson(c, (person) => remove(c, person)))

const mostAtOnce = 200

async function list(c: Context<Env>): Promise<Response> {
  const { filter, startIndex, count } = c.req.query()
  const wanted = filter === undefined ? () => true : filterFrom(filter)
  if (typeof wanted === 'object') return fault(c, 400, wanted.fault, 'invalidFilter')

  const found = (await allPeople(c.var.db)).filter(wanted)
  const from = Math.max(1, Math.trunc(Number(startIndex)) || 1)
  const most = Math.min(mostAtOnce, Math.max(0, Math.trunc(Number(count ?? mostAtOnce)) || 0))
  const page = found.slice(from - 1, from - 1 + most).map((person) => shown(c, person))
  return reply(c, 200, { ...asList(page), totalResults: found.length, startIndex: from })
}

async function create(c: Context<Env>): Promise<Response> {
  const body = await jsonBody(c)
  if ('refused' in body) return fault(c, 400, 'the body is no JSON', 'invalidSyntax')

  const said = wordsIn(body.json)
  const { email } = said
  if (email === undefined)
    return fault(c, 400, 'userName: is no address of mail, nor is one among emails', 'invalidValue')

  const known = await personAt(c, email)
  if (known && known.closedAt === null) return fault(c, 409, `${email} is on the list already`, 'uniqueness')

  await tell(c, { ...said, name: said.name ?? known?.name ?? email.split('@')[0] ?? email }, known ?? nobody(email))
  if (known && said.active !== false) await reopenPerson(c.var.db, await mustBe(c, email), deed(c))
  if ((await rolesOf(c.var.db, email.toLowerCase())).length === 0)
    await setRoles(c.var.db, email.toLowerCase(), ['viewer'], deed(c))
  const person = await mustBe(c, email)
  if (said.active === false && person.closedAt === null) await closePerson(c.var.db, person, deed(c))

  const made = shown(c, await mustBe(c, email))
  c.header('location', made.meta.location)
  return reply(c, 201, made)
}

async function replace(c: Context<Env>, person: Somebody): Promise<Response> {
  const body = await jsonBody(c)
  return 'refused' in body
    ? fault(c, 400, 'the body is no JSON', 'invalidSyntax')
    : become(c, person, wordsIn(body.json))
}

async function patch(c: Context<Env>, person: Somebody): Promise<Response> {
  const body = await jsonBody(c)
  if ('refused' in body) return fault(c, 400, 'the body is no JSON', 'invalidSyntax')

  const patched = patchedBy(body.json, person)
  return 'fault' in patched ? fault(c, 400, patched.fault, 'invalidSyntax') : become(c, person, wordsIn(patched.user))
}

async function become(c: Context<Env>, person: Somebody, said: TheirWords): Promise<Response> {
  if (said.names && said.email !== undefined && said.email.toLowerCase() !== person.id)
    return fault(
      c,
      400,
      'userName: is who they are here and stays; create the new one and delete the old one',
      'mutability',
    )

  await tell(c, said, person)
  const now = await mustBe(c, person.id)
  if (said.active === true && person.closedAt !== null) await reopenPerson(c.var.db, now, deed(c))
  if (said.active === false && person.closedAt === null) {
    const { outcome } = await closePerson(c.var.db, now, deed(c))
    if (outcome !== 'closed') return lastOne(c)
  }
  return reply(c, 200, shown(c, await mustBe(c, person.id)))
}

async function remove(c: Context<Env>, person: Somebody): Promise<Response> {
  if (person.closedAt === null) {
    const { outcome } = await closePerson(c.var.db, person, deed(c))
    if (outcome !== 'closed') return lastOne(c)
  }
  await note(c.var.db, { ...deed(c), what: 'person-removed', subject: person.id })
  return c.body(null, 204)
}

async function withPerson(c: Context<Env>, answer: (person: Somebody) => Promise<Response>): Promise<Response> {
  const person = await personAt(c, c.req.param('id') ?? '')
  return person && !(await isRemoved(c, person)) ? answer(person) : fault(c, 404, 'nobody of that id')
}

// Who they were stays known here; to the directory that deleted them they are gone.
async function isRemoved(c: Context<Env>, { id, closedAt }: Somebody): Promise<boolean> {
  if (closedAt === null) return false
  const removals = await listAudit(c.var.db, { what: 'person-removed', from: closedAt, limit: 1_000 })
  return removals.some(({ subject }) => subject === id)
}

async function personAt(c: Context<Env>, email: string): Promise<Somebody | undefined> {
  return (await allPeople(c.var.db)).find(({ id }) => id === email.toLowerCase())
}

async function mustBe(c: Context<Env>, email: string): Promise<Somebody> {
  const person = await personAt(c, email)
  if (!person) throw new Error(`${email} was written and is not there`)
  return person
}

function nobody(email: string): Somebody {
  return {
    id: email.toLowerCase(),
    name: email,
    email,
    role: null,
    function: null,
    zone: null,
    deputy: null,
    closedAt: null,
  }
}

async function tell(c: Context<Env>, said: Partial<TheirWords>, was: Somebody): Promise<void> {
  const { id: _, closedAt: __, ...before } = was
  const { name = was.name, role = was.role, zone = was.zone } = said
  const { at, by } = voice(c)
  const telling = { recordedAt: at, source: 'scim', origin: 'room', class: null, by } as const
  await recordFacts(c.var.db, [{ kind: 'person', ...before, name, role, zone }], telling)
}

function deed(c: Context<Env>) {
  return { ...voice(c), from: c.var.from }
}

function shown(c: Context<Env>, person: Somebody) {
  return userOf(
    person,
    new URL(`${paths.scim}${users}/${encodeURIComponent(person.id)}`, c.var.settings.publicUrl).href,
  )
}

function lastOne(c: Context<Env>): Response {
  return fault(c, 409, 'this is the last administrator: give somebody else that part first', 'mutability')
}

function fault(c: Context<Env>, status: 400 | 404 | 409, detail: string, scimType?: string): Response {
  return reply(c, status, { schemas: [schemas.error], status: `${status}`, detail, ...(scimType ? { scimType } : {}) })
}

function reply(c: Context<Env>, status: 200 | 201 | 400 | 404 | 409, body: object): Response {
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/scim+json' })
}

function asList(found: readonly object[]) {
  return {
    schemas: [schemas.list],
    totalResults: found.length,
    startIndex: 1,
    itemsPerPage: found.length,
    Resources: found,
  }
}

const providerConfig = {
  schemas: [schemas.config],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: mostAtOnce },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [{ type: 'oauthbearertoken', name: 'A token', description: 'made at /tokens, people:write' }],
}
const resourceType = {
  schemas: [schemas.resourceType],
  id: 'User',
  name: 'User',
  endpoint: users,
  schema: schemas.user,
}
const userSchema = {
  schemas: [schemas.schema],
  id: schemas.user,
  name: 'User',
  attributes: ['userName', 'displayName', 'title', 'timezone', 'active'].map((name) => ({
    name,
    type: name === 'active' ? 'boolean' : 'string',
    multiValued: false,
    required: name === 'userName',
    mutability: name === 'userName' ? 'immutable' : 'readWrite',
    returned: 'default',
    uniqueness: name === 'userName' ? 'server' : 'none',
  })),
}
