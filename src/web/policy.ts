import { TrieRouter } from 'hono/router/trie-router'
import type { Asker } from '../record/askers.ts'
import type { Role } from '../record/schema.ts'
import { covers } from './scopes.ts'

/** Who somebody is to a route. 'anonymous' = nobody signed in; a token is judged by its scope alone. */
export type Who = Role | 'projector' | 'anonymous'

const administrators: readonly Who[] = ['administrator']
const chairs: readonly Who[] = ['facilitator', ...administrators] // hold the meeting
const deciders: readonly Who[] = ['manager', ...chairs] // say yes or no to what costs days
const contributors: readonly Who[] = ['contributor', ...deciders] // tell, take and finish things
const readers: readonly Who[] = ['viewer', ...contributors]
const wall: readonly Who[] = ['projector', ...readers]
const everyone: readonly Who[] = ['anonymous', ...wall]
const nobody: readonly Who[] = [] // but whoever sits at the machine before the first sign-in

/**
 * Who may, and with which scope a token may: 'agenda:read'; a verb alone is of the kind that the address names; 'any' = each
 * token; none = no token.
 */
export interface Line {
  who: readonly Who[]
  scope: string | null
}
const may = (who: readonly Who[], scope: string | null = null): Line => ({ who, scope })

/**
 * Route by route, who may: the one place where that is said. A route without a line stops the start. A narrower address
 * than its route's (`/api/v1/people` of `/api/v1/:kind`) narrows it.
 */
export const policy: Readonly<Record<string, Line>> = {
  'GET /healthz': may(everyone, 'any'),
  'GET /readyz': may(everyone, 'any'),
  'GET /metrics': may(administrators, 'metrics:read'),
  'GET /assets/*': may(everyone, 'any'),
  'GET /favicon.ico': may(everyone, 'any'),

  // A source proves itself by its own secret (sources/admission.ts), or by a token.
  'POST /sources/:name': may(everyone, 'sources:post'),
  'POST /sources/:name/': may(everyone, 'sources:post'),
  'POST /sources/:name/api/:version{v[12]}/alerts': may(everyone, 'sources:post'),

  'GET /api/v1/openapi.json': may(readers, 'any'),
  'GET /api/v1/docs': may(readers),
  'GET /api/v1/agenda': may(readers, 'agenda:read'),
  'POST /api/v1/people': may(administrators, 'people:write'),
  'POST /api/v1/services': may(administrators, 'services:write'),
  'PATCH /api/v1/people/:id': may(administrators, 'people:write'),
  'PATCH /api/v1/services/:id': may(administrators, 'services:write'),
  'GET /api/v1/:kind': may(readers, 'read'),
  'POST /api/v1/:kind': may(contributors, 'write'),
  'ALL /api/v1/:kind': may(readers, 'any'),
  'GET /api/v1/:kind/:id': may(readers, 'read'),
  'PATCH /api/v1/:kind/:id': may(contributors, 'write'),
  'ALL /api/v1/:kind/:id': may(readers, 'any'),

  // A directory lets people in and out (SCIM 2.0).
  'GET /scim/v2/ServiceProviderConfig': may(administrators, 'people:read'),
  'GET /scim/v2/ResourceTypes': may(administrators, 'people:read'),
  'GET /scim/v2/Schemas': may(administrators, 'people:read'),
  'GET /scim/v2/Groups': may(administrators, 'people:read'),
  'GET /scim/v2/Users': may(administrators, 'people:read'),
  'POST /scim/v2/Users': may(administrators, 'people:write'),
  'GET /scim/v2/Users/:id': may(administrators, 'people:read'),
  'PUT /scim/v2/Users/:id': may(administrators, 'people:write'),
  'PATCH /scim/v2/Users/:id': may(administrators, 'people:write'),
  'DELETE /scim/v2/Users/:id': may(administrators, 'people:write'),

  'GET /live': may(wall), // that something changed, never what; a guest's phone asks now and then
  'GET /': may(readers),
  'GET /meetings': may(readers),
  'GET /meetings/:day': may(readers),
  'GET /meetings/:day/projector': may(wall),
  'POST /meetings/:day/opening': may(chairs),
  'POST /meetings/:day/adjournment': may(chairs),
  'GET /meetings/:day/run': may(chairs),
  'GET /meetings/:day/run/:screen': may(chairs),
  'GET /meetings/:day/run/:screen/:item': may(chairs),
  'POST /meetings/:day/screen': may(chairs),
  'POST /meetings/:day/parts': may(chairs),
  'POST /meetings/:day/parking': may(chairs),
  'POST /meetings/:day/extension': may(chairs),
  'POST /meetings/:day/answers': may(chairs),
  'POST /meetings/:day/ticks': may(chairs),
  'POST /meetings/:day/cards/:id': may(deciders),
  'POST /meetings/:day/notes': may(contributors),
  'POST /meetings/:day/hand-overs': may(contributors),
  'POST /meetings/:day/remarks': may(contributors),
  'POST /meetings/:day/attendance': may(readers), // of oneself; a chair's of anybody
  'POST /meetings/:day/raised': may(everyone), // a guest shows the code on the wall
  'GET /meetings/:day/minutes': may(readers),
  'GET /meetings/:day/minutes.md': may(readers, 'agenda:read'),
  'GET /meetings/:day/minutes.txt': may(readers, 'agenda:read'),
  'GET /join': may(everyone), // and is asked for the code
  'POST /join': may(everyone),
  'GET /hand-overs': may(readers),
  'GET /hand-overs/:id': may(readers),
  'POST /hand-overs/:id/acceptance': may(readers), // of one's own
  'POST /hand-overs/:id/return': may(readers),

  'GET /incidents': may(readers),
  'POST /incidents': may(contributors),
  'GET /incidents/:id': may(readers),
  'POST /incidents/:id/owner': may(contributors),
  'POST /incidents/:id/severity': may(contributors),
  'POST /incidents/:id/mitigation': may(contributors),
  'POST /incidents/:id/resolution': may(contributors),
  'POST /incidents/:id/closing': may(contributors),
  'POST /incidents/:id/reopening': may(contributors),
  'POST /incidents/:id/acknowledgement': may(contributors),
  'POST /incidents/:id/postmortem': may(deciders),
  'POST /incidents/:id/postmortem/session': may(deciders),
  'POST /incidents/:id/notes': may(contributors),
  'POST /incidents/:id/problems': may(contributors),
  'POST /incidents/:id/outage-manager': may(contributors),
  'POST /incidents/:id/promises': may(contributors),
  'POST /incidents/:id/promises/keeping': may(contributors),
  'POST /incidents/:id/ticks': may(contributors),
  'POST /incidents/:id/correction': may(contributors),
  'POST /incidents/:id/cause': may(deciders),
  'POST /incidents/:id/merge': may(contributors),
  'POST /incidents/:id/split': may(contributors),

  'GET /problems': may(readers),
  'GET /problems/:id': may(readers),
  'POST /problems/:id/owner': may(contributors),
  'POST /problems/:id/state': may(contributors),
  'POST /problems/:id/notes': may(contributors),

  'GET /changes': may(readers),
  'POST /changes': may(contributors),
  'GET /changes/:id': may(readers),
  'POST /changes/:id/rollback': may(contributors),
  'POST /changes/:id/denial': may(contributors),
  'POST /changes/:id/course': may(contributors),

  'GET /exposures': may(readers),
  'GET /exposures/:id': may(readers),
  'POST /exposures/:id/owner': may(contributors),
  'POST /exposures/:id/plan': may(contributors),
  'POST /exposures/:id/eta': may(contributors),
  'POST /exposures/:id/notes': may(contributors),

  'GET /service-levels': may(readers),
  'GET /service-levels/:service': may(readers),
  'POST /service-levels/:service/team': may(administrators),

  'GET /complaints': may(readers),
  'POST /complaints': may(contributors),
  'GET /complaints/:id': may(readers),
  'POST /complaints/:id/incident': may(contributors),
  'GET /forecasts': may(readers),
  'GET /forecasts/events/:id': may(readers),
  'GET /forecasts/:id': may(readers),
  'GET /postmortems': may(readers),
  'GET /postmortems/:id': may(readers),

  'GET /actions': may(readers),
  'POST /actions': may(contributors),
  'GET /actions/:id': may(readers),
  'POST /actions/:id/owner': may(contributors),
  'POST /actions/:id/due': may(contributors),
  'POST /actions/:id/acknowledgement': may(contributors),
  'POST /actions/:id/completion': may(contributors),
  'POST /actions/:id/dropping': may(contributors),

  'GET /meetings/:day/difference': may(readers),
  'GET /history': may(readers),
  'GET /history/:number{[0-9]+}': may(readers),
  'POST /history/:number{[0-9]+}/undoing': may(chairs),
  'GET /history/tables/:table': may(administrators),
  'POST /history/tables/:table/restoration': may(administrators),
  'GET /incidents/:id/history': may(readers),
  'POST /incidents/:id/restoration': may(chairs),
  'GET /problems/:id/history': may(readers),
  'POST /problems/:id/restoration': may(chairs),
  'GET /actions/:id/history': may(readers),
  'POST /actions/:id/restoration': may(chairs),
  'GET /changes/:id/history': may(readers),
  'POST /changes/:id/restoration': may(chairs),
  'GET /exposures/:id/history': may(readers),
  'POST /exposures/:id/restoration': may(chairs),
  'GET /backup': may(readers),

  'GET /sources': may(readers),
  'GET /sources/:id': may(readers),
  'GET /sources/:id/mapping': may(administrators),
  'GET /sources/:id/matching': may(administrators),
  'GET /sources/:id/pull': may(administrators, 'sources:read'),
  'POST /sources/:id/pull': may(administrators, 'sources:write'),
  'POST /sources/:id/pull/end': may(administrators, 'sources:write'),
  'POST /sources/:id/adapter': may(administrators),
  'POST /sources/:id/grouping': may(administrators),
  'POST /sources/:id/mapping/trial': may(administrators),
  'POST /sources/:id/matching': may(administrators),
  'POST /sources/:id/silence': may(administrators),
  'POST /sources/:id/secret': may(administrators),
  'POST /sources/:id/secrets/:secret/retirement': may(administrators),
  'POST /sources/:id/replay': may(administrators),
  'POST /sources/:id/deliveries/:delivery/confirmation': may(administrators),
  'POST /sources/:id/deliveries/:delivery/replay': may(administrators),

  'GET /by-hand': may(contributors),
  'GET /people': may(readers),
  'POST /people': may(administrators),
  'GET /people/:id': may(readers),
  'POST /people/:id': may(administrators),
  'POST /people/:id/roles': may(administrators),
  'POST /people/:id/teams': may(administrators),
  'POST /people/:id/closing': may(administrators),
  'POST /people/:id/reopening': may(administrators),
  'POST /people/:id/forgetting': may(administrators),
  'POST /people/:id/link': may(administrators),
  'POST /people/:id/sessions/ending': may(administrators),

  // Their own, or an administrator's for others: src/web/wishes.tsx.
  'GET /people/:id/digest': may(readers),
  'POST /people/:id/digest': may(readers),
  'POST /people/:id/feed': may(readers),
  'GET /letters': may(readers),
  'POST /letters/bounces': may(administrators, 'letters:post'),
  'GET /hooks': may(administrators),
  'POST /hooks': may(administrators),
  'POST /hooks/:id/trial': may(administrators),
  'POST /hooks/:id/retirement': may(administrators),
  // What is one's own, and a word for the meeting: meeting/tap.ts.
  'GET /check-in': may(readers),
  'POST /check-in/taps': may(readers),
  'POST /check-in/phones': may(readers),
  'GET /check-in/worker.js': may(everyone),
  // A link in a letter is its own proof, and can do one thing.
  'GET /calendar/:token': may(everyone),
  'GET /u/:token': may(everyone),
  'POST /u/:token': may(everyone),
  'GET /d/:token': may(everyone),
  'POST /d/:token': may(everyone),

  'GET /sign-in': may(everyone),
  'POST /sign-in': may(everyone),
  'GET /sign-in/links/:secret': may(everyone),
  'POST /sign-in/links/:secret': may(everyone),
  'GET /sign-in/provider': may(everyone),
  'GET /sign-in/provider/callback': may(everyone),
  'POST /sign-in/passkey/challenge': may(everyone),
  'POST /sign-in/passkey': may(everyone),
  'POST /sign-out': may(everyone),
  'GET /me': may(readers),
  'POST /me/sessions/ending': may(readers),
  'POST /me/passkeys/challenge': may(readers),
  'POST /me/passkeys': may(readers),
  'POST /me/passkeys/:id/removal': may(readers),
  'POST /me/sessions/:id/ending': may(readers),

  'GET /projector': may(everyone), // shows a code; enrolled, it leads to today's
  'GET /projectors': may(chairs),
  'POST /projectors': may(chairs),
  'POST /projectors/:id/revocation': may(chairs),
  'GET /tokens': may(administrators),
  'POST /tokens': may(administrators),
  'POST /tokens/:id/revocation': may(administrators),
  'GET /audit': may(administrators),

  'POST /theme': may(everyone),
  'POST /whoami': may(nobody),
}

/** What of a page's own route and of the narrowest line of its address both say. */
export function permits(asker: Asker, { method, path, route }: Asked): boolean {
  const own = policy[route]
  const narrow = lineAt(method, path)
  return own !== undefined && isOf(asker, own, path) && (narrow === undefined || isOf(asker, narrow, path))
}
export interface Asked {
  method: string
  path: string // as it was asked
  route: string // as the router found it: 'GET /incidents/:id'
}

/** Whether a link or a form that leads there is of any use to them. */
export function mayGo(asker: Asker, method: string, path: string): boolean {
  const line = lineAt(method, path)
  return line !== undefined && isOf(asker, line, path)
}

/** By the roles of one who has none given: on the list, so they may look. */
export function whoIs(asker: Asker): readonly Who[] {
  switch (asker.kind) {
    case 'person':
      return asker.roles.length > 0 ? asker.roles : ['viewer']
    case 'projector':
      return ['projector']
    case 'anonymous':
      return ['anonymous']
    case 'open':
    case 'token':
    case 'refused':
      return []
  }
}

/** Routes of the app that no line speaks of. What stands before every method of a whole tree is no route. */
export function unspoken(routes: readonly { method: string; path: string }[]): string[] {
  const keys = routes
    .filter(({ method, path }) => !(method === 'ALL' && path.endsWith('*')))
    .map(({ method, path }) => `${method} ${path}`)
  return [...new Set(keys)].filter((key) => !(key in policy))
}

function isOf(asker: Asker, { who, scope }: Line, path: string): boolean {
  if (asker.kind === 'open') return true
  if (asker.kind === 'token') return scope !== null && covers(asker.scopes, scopeAt(scope, path))
  return whoIs(asker).some((one) => who.includes(one))
}

/** 'read' at /api/v1/incidents/INC-1 is 'incidents:read'. */
export function scopeAt(scope: string, path: string): string {
  return scope === 'any' || scope.includes(':') ? scope : `${segmentsOf(path)[3] ?? ''}:${scope}`
}

const router = new TrieRouter<Line>()
for (const [key, line] of Object.entries(policy)) {
  const [method = '', path = ''] = key.split(' ')
  router.add(method, path, line)
}

// An address may be spelt in many ways: '/api/v1/%70eople' is people too.
function lineAt(method: string, path: string): Line | undefined {
  const plain = segmentsOf(path).map((segment) => segment.replaceAll('/', '%2F'))
  return router.match(method, plain.join('/'))[0][0]?.[0]
}

function segmentsOf(path: string): string[] {
  return path
    .replace(/[?#].*$/s, '')
    .split('/')
    .map(decoded)
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
