import type { Context } from 'hono'
import { CheckIn } from '../../views/check-in.tsx'
import { paths } from '../../views/paths.ts'
import { aDay, aMinute } from '../calendar.ts'
import { type Tapped, tap } from '../meeting/tap.ts'
import { morningTold } from '../post/editions.ts'
import { phonePage, styleHash, workerScript } from '../post/phone-page.ts'
import { pushKeyOf } from '../post/push-keys.ts'
import { handOversTo } from '../record/hand-overs.ts'
import { outagesOf } from '../record/outages.ts'
import { keepPhone, type NewPhone } from '../record/phones.ts'
import { words } from './answer.ts'
import { around } from './around.ts'
import { forMachines, refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { tapIn } from './tap-in.ts'

/** The phone: one page that is read in thirty seconds, and what one does there with one tap. */
export const checkIn = factory
  .createApp()
  .get('/', page)
  .post('/taps', take)
  .post('/phones', addPhone)
  .get('/worker.js', worker)

async function page(c: Context<Env>): Promise<Response> {
  const { db, settings, asOf, by, nonce, house } = c.var
  const surroundings = await around(c)
  const edition = await morningTold(db, settings.rhythm, asOf)
  const grave = edition.told.grave.map(({ id }) => id)
  const [outages, handOvers] = await Promise.all([
    outagesOf(db, grave, edition.asOf),
    by === '' ? [] : handOversTo(db, by),
  ])
  const nameOf = (id: string | null) => surroundings.people.find((person) => person.id === id)?.name ?? id
  const body = (
    <CheckIn
      edition={edition}
      zone={surroundings.me?.zone ?? settings.rhythm.zone}
      me={surroundings.me && { id: surroundings.me.id, name: surroundings.me.name }}
      handOvers={handOvers}
      outageManagers={Object.fromEntries(outages.map(({ incidentId, runnerId }) => [incidentId, nameOf(runnerId)]))}
      pushKey={await pushKeyOf(db, settings.key)}
    />
  )
  c.set('phone', { style: styleHash })
  return c.html(
    phonePage({
      title: 'Check in · Muster',
      body: String(body),
      nonce,
      asOf: edition.asOf,
      theme: surroundings.theme,
      addresses: {
        manifest: house.assets.phoneManifest,
        icon: house.assets.icon,
        worker: paths.worker,
        taps: paths.taps,
        live: paths.live,
      },
    }),
  )
}

function worker(c: Context<Env>): Response {
  c.set('phone', { style: styleHash })
  return c.body(workerScript, 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'no-cache',
    'service-worker-allowed': paths.checkIn,
  })
}

async function take(c: Context<Env>): Promise<Response> {
  const { db, settings, by } = c.var
  const said = await words(c)
  const wanted = tapIn(said)
  if (!wanted) return refuse(c, 422, { title: 'That is no tap we know', mend: 'Load the page anew, and tap again' })
  if (by === '' && wanted.kind !== 'raise')
    return refuse(c, 422, { title: 'Whose tap is it?', mend: 'Say who sits here, or sign in' })

  const at = momentOf(said.at, c.var.now)
  return answered(c, await tap(db, wanted, { by, at, rhythm: settings.rhythm }))
}

function answered(c: Context<Env>, { outcome }: Tapped): Response | Promise<Response> {
  const told = {
    done: 'Done',
    'done already': 'It was done already',
    'not theirs': 'It is not yours',
    gone: 'It is gone',
  }
  const isFine = outcome === 'done' || outcome === 'done already'
  if (forMachines(c)) return c.json({ outcome, words: told[outcome] }, isFine ? 200 : 409)
  return isFine
    ? c.redirect(`${paths.checkIn}#you`, 303)
    : refuse(c, 409, { title: told[outcome], mend: `Look again at ${paths.checkIn}` })
}

/** When it was tapped, by the phone's own clock, if that can be: a phone may have been without a network for a week. */
function momentOf(said: string | undefined, now: Date): Date {
  const at = new Date(said ?? Number.NaN)
  const isSane = at.getTime() <= now.getTime() + aMinute && now.getTime() - at.getTime() <= 7 * aDay
  return isSane && at < now ? at : now
}

/** A browser that may be woken: its push service's address, by https alone, and its keys. */
async function addPhone(c: Context<Env>): Promise<Response> {
  const phone = phoneIn(await c.req.json().catch(() => null))
  if (!phone || c.var.by === '') return refuse(c, 422, { title: 'That is no phone we could wake' })
  await keepPhone(c.var.db, { ...phone, personId: c.var.by, addedAt: c.var.now })
  return c.json({ woken: true }, 201)
}

function phoneIn(told: unknown): NewPhone | null {
  const { endpoint, keys } = (told ?? {}) as { endpoint?: unknown; keys?: { p256dh?: unknown; auth?: unknown } } // checked below
  const [publicKey, auth] = [keys?.p256dh, keys?.auth]
  if (typeof endpoint !== 'string' || typeof publicKey !== 'string' || typeof auth !== 'string') return null
  const isKey = Buffer.from(publicKey, 'base64url').length === 65 && Buffer.from(auth, 'base64url').length === 16
  return isKey && /^https:\/\/[^\s]{1,900}$/.test(endpoint) ? { endpoint, publicKey, auth } : null
}
