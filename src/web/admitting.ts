import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { paths } from '../../views/paths.ts'
import { askerOfSession } from '../record/askers.ts'
import { allPeople } from '../record/people.ts'
import { rolesOf, setRoles } from '../record/roles.ts'
import { roles } from '../record/schema.ts'
import { beginSession, endSession, sessionLimits } from '../record/sessions.ts'
import type { Person } from '../record/shapes.ts'
import { isOwnPath } from './answer.ts'
import { sessionCookie } from './askers.ts'
import type { Env } from './house.ts'
import { isOneOf } from './wanting.ts'

type How = 'link' | 'passkey' | 'provider'

/** Lets somebody in: a new session under a new secret, the one of before ended, and on to where they wanted. */
export async function letIn(c: Context<Env>, person: Person, how: How, next?: string): Promise<Response> {
  const { db, now, from } = c.var
  await endFormer(c)
  await appointAsListed(c, person)
  const secret = await beginSession(db, { personId: person.id, how, name: browserOf(c), from, at: now })
  keepCookie(c, secret, sessionLimits.person.longestMs)
  return c.redirect(next !== undefined && isOwnPath(next) ? next : paths.morning, 303)
}

/** Somebody of the list who has not left. */
export async function personOf(c: Context<Env>, email: string): Promise<Person | undefined> {
  const id = email.trim().toLowerCase()
  return (await allPeople(c.var.db)).find((person) => person.id === id && person.closedAt === null)
}

export function keepCookie(c: Context<Env>, secret: string, lastsMs: number): void {
  setCookie(c, sessionCookie(c.var.settings), secret, { ...flagsOf(c), maxAge: Math.floor(lastsMs / 1000) })
}

export function dropCookie(c: Context<Env>): void {
  deleteCookie(c, sessionCookie(c.var.settings), flagsOf(c))
}

export function flagsOf(c: Context<Env>) {
  const secure = c.var.settings.publicUrl.protocol === 'https:'
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const
}

/** Chromium 143 on Linux, say: enough to know one's own in a list. */
export function browserOf(c: Context<Env>): string {
  const told = c.req.header('user-agent') ?? ''
  const [browser] = /(Edg|OPR|Firefox|Chrome|Safari)\/\d+/.exec(told) ?? []
  const [system] = /Windows|Android|iPhone|iPad|Mac OS|CrOS|Linux/.exec(told) ?? []
  return [browser?.replace('/', ' ').replace('Edg', 'Edge').replace('OPR', 'Opera'), system]
    .filter(Boolean)
    .join(' on ')
}

async function endFormer(c: Context<Env>): Promise<void> {
  const { db, now, from } = c.var
  const secret = getCookie(c, sessionCookie(c.var.settings))
  const former = secret ? await askerOfSession(db, secret, now) : null
  if (former?.kind === 'person') await endSession(db, { id: former.session }, { at: now, by: former.id, from })
}

/** A list may tell a role; nobody becomes an administrator by being listed as one. */
async function appointAsListed(c: Context<Env>, { id, role }: Person): Promise<void> {
  const listed = role?.trim().toLowerCase()
  if (!isOneOf(roles, listed) || listed === 'administrator') return
  const { db, now, from } = c.var
  if ((await rolesOf(db, id)).length === 0) await setRoles(db, id, [listed], { at: now, by: 'muster', from })
}
