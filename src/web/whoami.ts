import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { paths } from '../../views/paths.ts'
import { answer, words } from './answer.ts'
import { type Env, factory } from './house.ts'

const aYear = 365 * 24 * 60 * 60

/** Whoever tries the demo sits in the chair at once. */
const chairOfTheDemo = 'ana@example.com'

/** Who sits at this screen, by their own word: there is no sign-in yet, and the server listens on loopback only. */
export const whoSitsHere = factory.createMiddleware(async (c, next) => {
  c.set('by', getCookie(c, 'me')?.slice(0, 200) ?? (c.var.house.demo ? chairOfTheDemo : ''))
  await next()
})

export const whoami = factory.createHandlers(async (c) => {
  remember(c, 'me', (await words(c)).name)
  return answer(c, paths.morning)
})

export const theme = factory.createHandlers(async (c) => {
  remember(c, 'theme', (await words(c)).theme)
  return answer(c, paths.morning)
})

function remember(c: Context<Env>, name: string, value: string | undefined): void {
  setCookie(c, name, value?.slice(0, 200) ?? '', {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.var.settings.publicUrl.protocol === 'https:',
    maxAge: value ? aYear : 0,
  })
}
