import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { paths } from '../../views/paths.ts'
import { answer, words } from './answer.ts'
import { type Env, factory } from './house.ts'

const aYear = 365 * 24 * 60 * 60

/** Who sits at this screen, by their own word: only before anybody ever signed in, on this machine alone. */
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
