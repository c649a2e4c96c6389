import { and, eq, isNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import { lastUseOf, used } from './last-uses.ts'
import { people, personRoles, type Role, sessions, tokens } from './schema.ts'
import { hashOf } from './secrets.ts'
import { isAlive, type Session } from './sessions.ts'
import { type Token, tokenCounts } from './tokens.ts'

/** Who asks. 'open': whoever sits at this machine, before anybody ever signed in. 'refused': a token that opens nothing. */
export type Asker =
  | { kind: 'open' }
  | { kind: 'anonymous' }
  | { kind: 'refused' }
  | { kind: 'person'; id: string; roles: readonly Role[]; session: string }
  | { kind: 'projector'; id: string; name: string }
  | { kind: 'token'; id: string; name: string; scopes: readonly string[] }

interface Known {
  version: number
  sessions: Map<string, Promise<Found | null>>
  tokens: Map<string, Promise<Token | null>>
}
interface Found {
  session: Session
  roles: Role[]
  usedAt: Date
}
const known = new WeakMap<Db, Known>()
const mostKnown = 5_000

/** Whose session a cookie holds. null = nobody's, or nobody's any more: closed, ended, idle or old. */
export async function askerOfSession(db: Db, secret: string, now: Date): Promise<Asker | null> {
  const { sessions: bySecret } = knownAt(db)
  const hash = hashOf(secret)
  const found = await remembered(bySecret, hash, () => findSession(db, hash))
  if (!found) return null

  const { session, roles, usedAt } = found
  if (!isAlive(session, usedAt, now)) return null
  found.usedAt = now
  used(db, session.id, now)
  return session.personId === null
    ? { kind: 'projector', id: session.id, name: session.name }
    : { kind: 'person', id: session.personId, roles, session: session.id }
}

export async function askerOfToken(db: Db, secret: string, now: Date): Promise<Asker | null> {
  const hash = hashOf(secret)
  const token = await remembered(knownAt(db).tokens, hash, () => findToken(db, hash))
  if (!token || !tokenCounts(token, now)) return null

  used(db, token.id, now)
  return { kind: 'token', id: token.id, name: token.name, scopes: token.scopes }
}

// Nothing written since: what was read then still stands. Whatever ends a session or a role is a write.
function knownAt(db: Db): Known {
  const before = known.get(db)
  if (before && before.version === db.version) return before
  const fresh = { version: db.version, sessions: new Map(), tokens: new Map() }
  known.set(db, fresh)
  return fresh
}

function remembered<T>(map: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const before = map.get(key)
  if (before) return before
  if (map.size > mostKnown) map.clear()
  const finding = find()
  map.set(key, finding)
  finding.catch(() => map.delete(key))
  return finding
}

async function findSession(db: Db, hash: string): Promise<Found | null> {
  const rows = await db.orm
    .select({ session: sessions, role: personRoles.role, closedAt: people.closedAt, person: people.id })
    .from(sessions)
    .leftJoin(people, eq(people.id, sessions.personId))
    .leftJoin(personRoles, eq(personRoles.personId, sessions.personId))
    .where(eq(sessions.hash, hash))
  const [first] = rows
  const hasLeft = first?.session.personId !== null && (first?.person === null || first?.closedAt !== null)
  if (!first || hasLeft) return null

  const { session } = first
  const roles = rows.flatMap(({ role }) => (role === null ? [] : [role]))
  return { session, roles, usedAt: (await lastUseOf(db, session.id)) ?? session.startedAt }
}

async function findToken(db: Db, hash: string): Promise<Token | null> {
  const [found] = await db.orm.select().from(tokens).where(eq(tokens.hash, hash))
  return found ?? null
}

/** Whose sessions and tokens still count, by their ids: for connections that were opened once and stay. */
export async function standingIds(db: Db): Promise<Set<string>> {
  const [open, counting] = await Promise.all([
    db.orm
      .select({ id: sessions.id })
      .from(sessions)
      .leftJoin(people, eq(people.id, sessions.personId))
      .where(and(isNull(sessions.endedAt), isNull(people.closedAt))),
    db.orm.select({ id: tokens.id }).from(tokens).where(isNull(tokens.revokedAt)),
  ])
  return new Set([...open, ...counting].map(({ id }) => id))
}
