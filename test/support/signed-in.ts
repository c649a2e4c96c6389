import type { Db } from '../../src/record/db.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { setRoles } from '../../src/record/roles.ts'
import type { Role } from '../../src/record/schema.ts'
import { beginSession, enrolProjector } from '../../src/record/sessions.ts'
import { makeToken } from '../../src/record/tokens.ts'
import { daysAgo, hoursAgo, morning } from './morning.ts'

/** Somebody of the list, with these roles. */
export async function aPersonWith(db: Db, email: string, roles: readonly Role[]): Promise<string> {
  const name = email.split('@')[0] ?? email
  const person = { kind: 'person', name, email, role: null, function: null, zone: null, deputy: null } as const
  await recordFacts(db, [person], { recordedAt: daysAgo(30), source: 'room', origin: 'room', class: null })
  await setRoles(db, email, roles, { at: daysAgo(30), by: 'test' })
  return email
}

/** The headers of a browser in which they have signed in. */
export async function signedIn(db: Db, email: string, ...roles: readonly Role[]): Promise<Record<string, string>> {
  const personId = await aPersonWith(db, email, roles)
  const secret = await beginSession(db, { personId, how: 'link', name: 'a browser', from: '127.0.0.1', at: morning })
  return { cookie: `muster=${secret}` }
}

export async function aProjector(db: Db): Promise<Record<string, string>> {
  const wall = { name: 'the wall', from: '127.0.0.1', at: hoursAgo(1), by: 'fay@example.com' }
  return { cookie: `muster=${await enrolProjector(db, wall)}` }
}

export async function bearer(db: Db, ...scopes: string[]): Promise<Record<string, string>> {
  const { secret } = await makeToken(db, { name: 'a program', scopes, expiresAt: null, at: hoursAgo(1), by: 'test' })
  return { authorization: `Bearer ${secret}` }
}
