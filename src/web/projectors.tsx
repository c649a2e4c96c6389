import { randomInt } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { paths } from '../../views/paths.ts'
import { EnrolPage, ProjectorsPage } from '../../views/projectors.tsx'
import { aMinute, meetingDayOf } from '../calendar.ts'
import { drawSecret, hashOf } from '../record/secrets.ts'
import { endSession, enrolProjector, listSessions, sessionLimits } from '../record/sessions.ts'
import { subscriberOf } from './address.ts'
import { flagsOf, keepCookie } from './admitting.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { type Env, factory } from './house.ts'
import { allowances, type Limits, tooOften } from './limits.ts'
import { missing, unfit } from './wanting.ts'

/** A machine at a wall that waits for somebody to type its code. Kept in mind only: after a restart it shows another. */
interface Waiting {
  code: string
  until: number
  confirmed: { name: string; by: string } | null
}
const goodForMs = 10 * aMinute
const mostWaiting = 200
// Nothing that could be read as something else from six metres.
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Enrols projectors: the wall shows a code, a facilitator types it, the wall is let in by a cookie of its own. */
export function enrolment(limits: Limits) {
  const waiting = new Map<string, Waiting>()

  const wall = factory.createHandlers(async (c) => {
    c.set('personal', true)
    const { asker, now, settings, from } = c.var
    const today = paths.projector(meetingDayOf(now, settings.rhythm))
    if (asker.kind === 'projector' || asker.kind === 'open') return onTo(c, today)

    forgetOld(now)
    const claim = getCookie(c, claimCookie(c)) ?? ''
    const known = waiting.get(hashOf(claim))
    if (known?.confirmed) {
      waiting.delete(hashOf(claim))
      const secret = await enrolProjector(c.var.db, { ...known.confirmed, from, at: now })
      deleteCookie(c, claimCookie(c), flagsOf(c))
      keepCookie(c, secret, sessionLimits.projector.longestMs)
      return onTo(c, today)
    }
    if (known) return enrolPage(c, known.code)

    const wait = limits.spend(`wall ${subscriberOf(from)}`, allowances.wrong, now)
    if (wait > 0 || waiting.size >= mostWaiting) return tooOften(c, Math.max(wait, 60))
    return enrolPage(c, beginClaim(c))
  })

  const projectors = factory
    .createApp()
    .get('/', async (c) => {
      const hanging = await listSessions(c.var.db, { kind: 'projector' }, c.var.now)
      return show(c, <ProjectorsPage around={await around(c)} projectors={hanging} />)
    })
    .post('/', async (c) => {
      const { code, name } = await words(c)
      if (!code) return missing(c, 'code', 'Type what the wall shows')
      if (!name) return missing(c, 'name', 'Say where it hangs')

      forgetOld(c.var.now)
      const known = [...waiting.values()].find((one) => plain(one.code) === plain(code) && !one.confirmed)
      if (!known) {
        const wait = limits.spend(`code ${c.var.by}`, allowances.oneForOne, c.var.now)
        if (wait > 0) return tooOften(c, wait)
        return unfit(c, { field: 'code', fault: 'is on no wall', mend: 'Look again: it changes every ten minutes' })
      }
      known.confirmed = { name: name.slice(0, 100), by: voice(c).by }
      return answer(c, paths.projectors)
    })
    .post('/:id/revocation', async (c) => {
      const hanging = await listSessions(c.var.db, { kind: 'projector' }, c.var.now)
      const id = hanging.find((one) => one.id === c.req.param('id'))?.id
      if (id === undefined) return c.notFound()

      await endSession(c.var.db, { id }, { ...voice(c), from: c.var.from })
      return answer(c, paths.projectors)
    })

  return { wall, projectors }

  function beginClaim(c: Context<Env>): string {
    const claim = drawSecret()
    const code = `${drawLetters(4)}-${drawLetters(4)}`
    waiting.set(hashOf(claim), { code, until: c.var.now.getTime() + goodForMs, confirmed: null })
    setCookie(c, claimCookie(c), claim, { ...flagsOf(c), maxAge: goodForMs / 1000 })
    return code
  }

  function forgetOld(now: Date): void {
    for (const [key, { until }] of waiting) if (until <= now.getTime()) waiting.delete(key)
  }
}

// htmx would put the next page into this one: the wall needs it whole.
function onTo(c: Context<Env>, path: string): Response {
  return c.req.header('hx-request') ? c.body(null, 204, { 'hx-redirect': path }) : c.redirect(path, 303)
}

async function enrolPage(c: Context<Env>, code: string): Promise<Response> {
  const address = new URL(paths.projectors, c.var.settings.publicUrl).href
  return show(c, <EnrolPage around={await around(c)} code={code} address={address} />)
}

function claimCookie(c: Context<Env>): string {
  return c.var.settings.publicUrl.protocol === 'https:' ? '__Host-wall' : 'wall'
}

function drawLetters(count: number): string {
  return Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('')
}

function plain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, '')
}
