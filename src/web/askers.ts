import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Settings } from '../config.ts'
import { isLoopback, networksIn } from '../networks.ts'
import { type Asker, askerOfSession, askerOfToken } from '../record/askers.ts'
import { isLocked } from '../record/sessions.ts'
import { tokenPrefix } from '../record/tokens.ts'
import { addressOf } from './address.ts'
import { type Env, factory, type House } from './house.ts'

/** Whoever tries the demo sits in the chair at once. */
const chairOfTheDemo = 'ana@example.com'

/**
 * Who asks: by their cookie, by a token; or whoever sits at this machine, until the first administrator has signed in. What
 * one holds is looked up for each request, so that what was ended or revoked opens nothing more.
 */
export function whoAsks({ db, settings, now, demo = false }: Pick<House, 'db' | 'settings' | 'now' | 'demo'>) {
  const proxies = networksIn(settings.doors.proxies)
  const cookie = sessionCookie(settings)
  const mayBeOpen = demo || (isLoopback(settings.host) && settings.doors.provider === null)

  return factory.createMiddleware(async (c, next) => {
    const asker = await askerOf(c)
    c.set('asker', asker)
    c.set('by', nameOf(c, asker))
    c.set('from', addressOf(c, proxies))
    await next()
  })

  async function askerOf(c: Context<Env>): Promise<Asker> {
    const token = tokenOf(c)
    if (token !== undefined) return (await askerOfToken(db, token, now())) ?? { kind: 'refused' }

    const secret = getCookie(c, cookie)
    const known = secret ? await askerOfSession(db, secret, now()) : null
    if (known) return known
    return mayBeOpen && (demo || (isAskedHere(c) && !(await isLocked(db)))) ? { kind: 'open' } : { kind: 'anonymous' }
  }

  function nameOf(c: Context<Env>, asker: Asker): string {
    switch (asker.kind) {
      case 'open':
        return getCookie(c, 'me')?.slice(0, 200) ?? (demo ? chairOfTheDemo : '')
      case 'person':
        return asker.id
      case 'projector':
      case 'token':
        return `${asker.kind} ${asker.name}`
      case 'anonymous':
      case 'refused':
        return ''
    }
  }
}

/** With https it can be set by no other site, not even a sister; a browser takes no such name over http. */
export function sessionCookie({ publicUrl }: Pick<Settings, 'publicUrl'>): string {
  return publicUrl.protocol === 'https:' ? '__Host-muster' : 'muster'
}

/** By one of this machine's own names, and through nobody else's hands. */
export function isAskedHere(c: Context<Env>): boolean {
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some((name) =>
    c.req.raw.headers.has(name),
  )
  return !isPassedOn && isLoopback(new URL(c.req.url).hostname)
}

// At /sources a tool may hold a secret of its source instead: the source judges that.
function tokenOf(c: Context<Env>): string | undefined {
  const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  return token?.startsWith(tokenPrefix) || !c.req.path.startsWith('/sources/') ? token : undefined
}
