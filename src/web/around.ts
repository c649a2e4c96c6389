import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Around, Theme } from '../../views/around.ts'
import { paths, withWords } from '../../views/paths.ts'
import type { Asker } from '../record/askers.ts'
import { allPeople } from '../record/people.ts'
import type { Person } from '../record/shapes.ts'
import type { Env } from './house.ts'
import { mayGo } from './policy.ts'

/** What every page is told besides its subject. */
export async function around(c: Context<Env>): Promise<Around> {
  const people = (await allPeople(c.var.db)).filter(({ closedAt }) => closedAt === null)
  return { ...aroundNobody(c), people, me: whoever(c.var.by, people) }
}

/** The same without asking the record: for when it cannot answer. */
export function aroundNobody(c: Context<Env>): Around {
  const { now, asOf, settings, house, nonce } = c.var
  return {
    now,
    ...(asOf < now && { asOf }),
    zone: settings.rhythm.zone,
    me: null,
    people: [],
    asker: c.var.asker?.kind ?? 'anonymous',
    may: (path, method = 'POST') => mayGo(c.var.asker ?? nobody, method, path),
    frozen: settings.frozenAt !== null,
    demo: house.demo ?? false,
    theme: themeOf(getCookie(c, 'theme')),
    live: withWords(paths.live, { since: house.live.position() }),
    here: hereOf(c),
    assets: house.assets,
    nonce,
  }
}

// What fails before it is known who asks is told to a stranger.
const nobody: Asker = { kind: 'anonymous' }

/** This page's address with its query. */
export function hereOf(c: Context<Env>): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}

function whoever(by: string, people: Person[]): Person | null {
  return by === '' ? null : (people.find(({ id }) => id === by) ?? aStranger(by))
}

// Whoever gives a name that is on no list is still somebody.
function aStranger(name: string): Person {
  return { id: name, name, email: '', role: null, function: null, zone: null, deputy: null }
}

function themeOf(said: string | undefined): Theme {
  return said === 'light' || said === 'dark' ? said : 'auto'
}
