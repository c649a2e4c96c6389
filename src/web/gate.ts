import type { Context } from 'hono'
import type { Settings } from '../config.ts'
import { refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'

/** Only names that are ours are answered: a page fetched under another name would be another site's page. */
export function knownHosts(settings: Settings) {
  const hosts = new Set(['localhost', '127.0.0.1', '[::1]', settings.publicUrl.hostname])

  return factory.createMiddleware(async (c, next) => {
    const asked = [c.req.url.slice(c.req.url.indexOf('//') + 2), c.req.raw.headers.get('host') ?? '']
    if (asked.every((host) => host === '' || hosts.has(hostname(host))) || isDelivery(c)) return next()

    return refuse(c, 421, { title: 'This is not the host you asked for', mend: `Ask ${settings.publicUrl.origin}` })
  })
}

// Tools know us by names of their own; a delivery asks nothing of us but to be kept, and a browser's is refused where it lands.
function isDelivery(c: Context<Env>): boolean {
  return c.req.method === 'POST' && /^\/sources\/[^/]+(?:\/|\/api\/v[12]\/alerts)?$/.test(c.req.path)
}

/**
 * A browser says from where a request comes; what another site makes it send is refused, whatever the content type.
 * Tools say nothing: they are heard where tools speak, at /sources, /api and /scim, mail programs at /u and mail servers at /letters, if they bring no cookie.
 */
export function sameSite(settings: Settings) {
  return factory.createMiddleware(async (c, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return next()

    const from = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const ours = [settings.publicUrl.origin, new URL(c.req.url).origin]
    // Our pages tell nobody their address, so a browser calls their origin 'null'; it still says that they are ours.
    const isOurs = origin === undefined || ours.includes(origin) || (origin === 'null' && from === 'same-origin')
    const foreign = (from !== undefined && from !== 'same-origin') || !isOurs
    const isTool =
      /^\/(sources|api|scim|u|letters)\//.test(c.req.path) && !['person', 'projector'].includes(c.var.asker.kind)
    const silent = from === undefined && origin === undefined && !isTool
    if (!foreign && !silent) return next()

    return refuse(c, 403, {
      title: 'Another site sent this',
      mend: `Open ${settings.publicUrl.origin} and do it there`,
    })
  })
}

function hostname(urlRest: string): string {
  return /^(\[[^\]]*\]|[^:/?#]*)/.exec(urlRest)?.[0].toLowerCase() ?? ''
}
