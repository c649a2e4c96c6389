import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Env } from './house.ts'

/** The route that will answer, as it was written: 'GET /incidents/:id'. Without the ids, and without what links hold. */
export function routeOf(c: Context<Env>): string | undefined {
  const found = matchedRoutes(c).find(({ method, path }) => !(method === 'ALL' && path.endsWith('*')))
  return found && `${found.method} ${found.path}`
}
