import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { drawSecret, hashOf } from '../record/secrets.ts'
import { flagsOf } from './admitting.ts'
import type { Env } from './house.ts'

/** Something begun in one browser that only that browser may end, once, and soon. Kept in mind: a restart forgets it. */
export interface Awaited<What> {
  expect(c: Context<Env>, what: What): void
  take(c: Context<Env>): What | undefined
}

export function keepAwaited<What>(
  name: string,
  { goodForMs, most = 5_000 }: { goodForMs: number; most?: number },
): Awaited<What> {
  const kept = new Map<string, { what: What; until: number }>()
  const cookieOf = (c: Context<Env>) => (c.var.settings.publicUrl.protocol === 'https:' ? `__Host-${name}` : name)

  return {
    expect(c, what) {
      const now = c.var.now.getTime()
      for (const [key, { until }] of kept) {
        if (until > now && kept.size < most) break // they are in the order in which they end
        kept.delete(key)
      }
      const secret = drawSecret()
      kept.set(hashOf(secret), { what, until: now + goodForMs })
      setCookie(c, cookieOf(c), secret, { ...flagsOf(c), maxAge: goodForMs / 1000 })
    },
    take(c) {
      const key = hashOf(getCookie(c, cookieOf(c)) ?? '')
      const own = kept.get(key)
      kept.delete(key)
      deleteCookie(c, cookieOf(c), flagsOf(c))
      return own && own.until > c.var.now.getTime() ? own.what : undefined
    },
  }
}
