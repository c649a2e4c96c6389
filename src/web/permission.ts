import type { Context } from 'hono'
import { paths, withWords } from '../../views/paths.ts'
import { noteLater } from '../record/audit.ts'
import { subscriberOf } from './address.ts'
import { forMachines, refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { allowances, type Limits, tooOften } from './limits.ts'
import { permits } from './policy.ts'
import { routeOf } from './route-of.ts'

/** Nobody passes but whom the policy lets. What is no route of ours goes on, to be told so. */
export function onlyWhoMay(limits: Limits) {
  return factory.createMiddleware(async (c, next) => {
    const route = routeOf(c)
    if (route === undefined) return next()

    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
    if (permits(c.var.asker, { method, path: c.req.path, route })) return next()

    const guesses = c.var.asker.kind === 'refused' ? `wrong ${subscriberOf(c.var.from)}` : null
    const wait = guesses === null ? 0 : limits.spend(guesses, allowances.wrong, c.var.now)
    return wait > 0 ? tooOften(c, wait) : turnAway(c, route)
  })
}

function turnAway(c: Context<Env>, route: string): Response | Promise<Response> {
  const { db, now, by, from, asker } = c.var
  const isStranger = asker.kind === 'anonymous' || asker.kind === 'refused'
  if (!isStranger || asker.kind === 'refused')
    noteLater(db, { at: now, by, what: isStranger ? 'token-refused' : 'access-denied', subject: route, from })
  if (isStranger) return knockFirst(c)

  const mend = asker.kind === 'token' ? 'Give the token a scope that covers it' : 'Ask an administrator for the role'
  return refuse(c, 403, {
    title: `${asker.kind === 'token' ? 'This token' : 'Your part here'} does not reach so far`,
    mend,
  })
}

function knockFirst(c: Context<Env>): Response | Promise<Response> {
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  const isPage = isRead && !forMachines(c) && !c.req.header('hx-request')
  if (isPage && c.var.asker.kind === 'anonymous') {
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(withWords(paths.signIn, { next: pathname === paths.morning ? null : pathname + search }), 303)
  }
  const isRefused = c.var.asker.kind === 'refused'
  return refuse(c, 401, {
    title: isRefused ? 'This token opens nothing' : 'Who asks?',
    mend: isRefused ? 'It was revoked, has expired, or was never ours' : `Sign in at ${paths.signIn}, or send a token`,
    headers: { 'www-authenticate': 'Bearer realm="Muster"' },
  })
}
