import type { Context } from 'hono'
import { keepIdentity, personOfIdentity } from '../record/identities.ts'
import { allPeople } from '../record/people.ts'
import { recordFacts } from '../record/record-facts.ts'
import { hasAdministrator, rolesOf, setRoles } from '../record/roles.ts'
import { type Role, roles } from '../record/schema.ts'
import type { Person } from '../record/shapes.ts'
import { personOf } from './admitting.ts'
import type { Env } from './house.ts'

/** What a provider says of somebody, its signature checked. */
export interface Claims {
  iss: string
  sub: string
  email?: unknown
  email_verified?: unknown
  name?: unknown
  [claim: string]: unknown
}
export type Vouched = { person: Person } | { refused: string }

/**
 * Whom the provider means. Issuer and subject are who somebody is; an address only leads to a person the first time, and only
 * if the provider vouches for it. Somebody new is on the list from then on, as a viewer.
 */
export async function personVouchedFor(c: Context<Env>, claims: Claims): Promise<Vouched> {
  const { db, now } = c.var
  const identity = { issuer: claims.iss, subject: claims.sub }
  const known = await personOfIdentity(db, identity)
  if (known !== undefined) {
    const person = await personOf(c, known)
    return person ? appointed(c, person, claims) : { refused: 'whom it means has left' }
  }

  const email = typeof claims.email === 'string' ? claims.email.trim().toLowerCase() : ''
  const isVerified = claims.email_verified === true || c.var.settings.doors.provider?.trustsMail === true
  if (!/^[^\s@<>]+@[^\s@<>]+$/.test(email)) return { refused: 'the provider tells no address' }
  if (!isVerified) return { refused: 'the provider does not vouch for the address' }

  const person = (await personOf(c, email)) ?? (await enlisted(c, email, claims))
  if (person === null) return { refused: 'whom it means has left' }
  await keepIdentity(db, identity, person.id, now)
  return appointed(c, person, claims)
}

async function enlisted(c: Context<Env>, email: string, { name }: Claims): Promise<Person | null> {
  const { db, now } = c.var
  if ((await allPeople(db)).some(({ id }) => id === email)) return null // on the list, and left

  const called = typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 200) : email
  const fact = { kind: 'person', name: called, email, role: null, function: null, zone: null, deputy: null } as const
  const telling = { recordedAt: now, source: 'room', origin: 'room', class: null, by: email } as const
  await recordFacts(db, [fact], telling)
  return (await personOf(c, email)) ?? null
}

async function appointed(c: Context<Env>, person: Person, claims: Claims): Promise<Vouched> {
  const { db, now, from, settings } = c.var
  const { provider, firstAdministrator } = settings.doors
  const had = await rolesOf(db, person.id)
  const claimed = provider?.rolesClaim ? rolesIn(claims, provider.rolesClaim) : had
  const isFirst = person.id === firstAdministrator && !(await hasAdministrator(db))
  const wanted = isFirst || (person.id === firstAdministrator && had.includes('administrator'))
  await setRoles(db, person.id, wanted ? [...new Set([...claimed, 'administrator' as const])] : claimed, {
    at: now,
    by: 'muster',
    from,
  })
  return { person }
}

/** 'groups', or a path as 'realm_access.roles'. Each of its words that is a part here, alone or after 'muster-', counts. */
function rolesIn(claims: Claims, path: string): Role[] {
  const found = Object.hasOwn(claims, path) ? claims[path] : path.split('.').reduce(inside, claims as unknown)
  const words = (Array.isArray(found) ? found : [found]).map((word) =>
    String(word)
      .toLowerCase()
      .replace(/^muster[-_:/]/, ''),
  )
  return roles.filter((role) => words.includes(role))
}

function inside(value: unknown, name: string): unknown {
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name)
  return isThere ? (value as Record<string, unknown>)[name] : undefined
}
