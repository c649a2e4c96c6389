import { isZone } from '../calendar.ts'
import type { Person } from '../record/shapes.ts'
import { asSaid, type Said } from '../sources/said.ts'

/** SCIM 2.0 (RFC 7643): what directories call things. */
export const schemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  error: 'urn:ietf:params:scim:api:messages:2.0:Error',
  config: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
  resourceType: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
} as const

export type Somebody = Person & { closedAt: Date | null }

/** A person as a directory reads them. Their id is their address, as their name is to sign in with. */
export function userOf({ id, name, email, role, zone, closedAt }: Somebody, location: string) {
  return {
    schemas: [schemas.user],
    id,
    userName: email,
    name: { formatted: name },
    displayName: name,
    active: closedAt === null,
    emails: [{ value: email, type: 'work', primary: true }],
    ...(role === null ? {} : { title: role }),
    ...(zone === null ? {} : { timezone: zone }),
    meta: { resourceType: 'User', location },
  }
}

/** What a directory says of somebody; undefined = not said. */
export interface TheirWords {
  email: string | undefined
  names: boolean // says under which name they sign in: other addresses they may have as they like
  name: string | undefined
  role: string | undefined
  zone: string | undefined
  active: boolean | undefined
}

export function wordsIn(user: unknown): TheirWords {
  const said = asSaid(user)
  const address = said.list('emails').find((one) => one.at('primary') === true) ?? said.list('emails')[0]
  const email = [said.text('userName'), address?.text('value')].find((one) => /^[^\s@<>]+@[^\s@<>]+$/.test(one ?? ''))
  const zone = said.text('timezone')
  return {
    email: email?.slice(0, 200),
    names: said.has('userName'),
    name: nameIn(said)?.slice(0, 200),
    role: said.text('title')?.slice(0, 200),
    zone: zone !== undefined && isZone(zone) ? zone : undefined,
    active: truthOf(said.at('active')),
  }
}

function nameIn(said: Said): string | undefined {
  const parts = [said.text('name.givenName'), said.text('name.familyName')].filter((part) => part !== undefined)
  return said.text('displayName', 'name.formatted') ?? (parts.length > 0 ? parts.join(' ') : undefined)
}

// Some directories write their truths as words.
function truthOf(value: unknown): boolean | undefined {
  const word = String(value ?? '').toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

/** What the operations of a PATCH come to, as one user of which only that is said; else the fault. */
export function patchedBy(body: unknown, { name }: Somebody): { user: unknown } | { fault: string } {
  const operations = asSaid(body).list('Operations')
  if (operations.length === 0) return { fault: 'Operations: is missing' }

  const [givenName = '', ...rest] = name.split(' ')
  const user: Record<string, unknown> = {}
  const parts: Record<string, unknown> = { givenName, familyName: rest.join(' ') }
  const say = (path: string, value: unknown) => {
    const part = /^name\.(givenName|familyName)$/i.exec(path)?.[1]
    if (part) Object.assign(parts, { [part]: value })
    if (/^name(\.|$)/i.test(path)) user.name = part ? parts : path === 'name' ? value : { formatted: value }
    else if (/^emails/i.test(path)) user.emails = Array.isArray(value) ? value : [{ value }]
    else user[path] = value
  }
  for (const operation of operations) {
    const [kind, path, value] = [operation.text('op')?.toLowerCase(), operation.text('path'), operation.at('value')]
    if (kind !== 'add' && kind !== 'replace' && kind !== 'remove')
      return { fault: 'op: is none of add, replace, remove' }
    if (kind === 'remove') continue // of what we keep nothing may be missing
    if (path !== undefined) say(path, value)
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) say(name, inner)
    else return { fault: 'value: must be an object where no path is said' }
  }
  return { user }
}

/** Whom a filter means: `userName eq "ana@example.com"`; else the fault. Nothing else is asked when people are matched. */
export function filterFrom(filter: string): ((person: Somebody) => boolean) | { fault: string } {
  const [, what = '', quoted = ''] = /^\s*([\w.]+|emails\[[^\]]*\]\.value)\s+eq\s+"?([^"]*)"?\s*$/i.exec(filter) ?? []
  const value = quoted.toLowerCase()
  switch (what.toLowerCase().replace(/\[.*\]/, '')) {
    case 'id':
    case 'username':
    case 'emails.value':
      return ({ id }) => id === value
    case 'displayname':
    case 'name.formatted':
      return ({ name }) => name.toLowerCase() === value
    case 'active':
      return ({ closedAt }) => (closedAt === null) === (value === 'true')
    case 'externalid':
      return () => false // a name of the directory's own is not kept: it finds people by their address
    default:
      return { fault: 'only “attribute eq value” of userName, emails.value, displayName, id and active is read' }
  }
}
