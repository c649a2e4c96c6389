import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { paths } from '../views/paths.ts'
import { isLoopback } from './networks.ts'
import { openOutgoing } from './outgoing.ts'
import { actions } from './web/actions.tsx'
import { api } from './web/api.ts'
import { whoAsks } from './web/askers.ts'
import { assets, favicon, readAssets } from './web/assets.ts'
import { auditPage } from './web/audit.tsx'
import { backup } from './web/backup.tsx'
import { byHand } from './web/by-hand.tsx'
import { calendars } from './web/calendars.ts'
import { changes } from './web/changes.tsx'
import { checkIn } from './web/check-in.tsx'
import { notAllAtOnce } from './web/crowd.ts'
import { deliveries } from './web/deliveries.ts'
import { difference } from './web/difference.tsx'
import { exposures } from './web/exposures.tsx'
import { failed, notFound, refuse } from './web/faults.tsx'
import { knownHosts, sameSite } from './web/gate.ts'
import { handOvers } from './web/hand-overs.tsx'
import { alive, metrics, ready } from './web/health.ts'
import { histories } from './web/histories.tsx'
import { hooks } from './web/hooks.tsx'
import type { Env, House } from './web/house.ts'
import { incidents } from './web/incidents.tsx'
import { join } from './web/join.tsx'
import { keptPages } from './web/kept-pages.ts'
import { bounces, letters } from './web/letters.tsx'
import { keepLimits } from './web/limits.ts'
import { openLine } from './web/line.ts'
import { live } from './web/live.ts'
import { me } from './web/me.tsx'
import { minutes } from './web/minutes.tsx'
import { asOf, moments } from './web/moments.ts'
import { watchMorning } from './web/morning-watch.ts'
import { meetings, thisMorning } from './web/mornings.tsx'
import { offers } from './web/offers.tsx'
import { outages } from './web/outages.ts'
import { passkeys } from './web/passkeys.ts'
import { people } from './web/people.tsx'
import { onlyWhoMay } from './web/permission.ts'
import { unspoken } from './web/policy.ts'
import { postmortems } from './web/postmortems.tsx'
import { problems } from './web/problems.tsx'
import { enrolment } from './web/projectors.tsx'
import { signInByProvider } from './web/provider.ts'
import { requestLines } from './web/request-lines.ts'
import { run } from './web/room.tsx'
import { cards } from './web/room-cards.tsx'
import { roomDeeds } from './web/room-deeds.ts'
import { safety } from './web/safety.ts'
import { saidBy } from './web/said-by.ts'
import { scim } from './web/scim.ts'
import { serviceLevels } from './web/service-levels.tsx'
import { signIn, signOut } from './web/sign-in.tsx'
import { sources } from './web/sources.tsx'
import { complaints, forecasts } from './web/things.tsx'
import { tokens } from './web/tokens.tsx'
import { theme, whoami } from './web/whoami.ts'
import { wishes } from './web/wishes.tsx'

const formLimit = bodyLimit({
  maxSize: 64 * 1024,
  onError: (c) => refuse(c, 413, { title: 'That is too long', mend: 'Say it in fewer words' }),
})

/** The house, wired for one record. */
export function createApp({
  db,
  settings,
  now,
  demo = false,
  mail = null,
  log = () => undefined,
  tell,
}: House): Hono<Env> {
  const read = readAssets()
  const app = new Hono<Env>()
  const line = openLine(randomBytes(6).toString('hex'))
  watchMorning(line, { db, settings, now, log })
  const limits = keepLimits()
  const { wall, projectors } = enrolment(limits)
  const passkey = passkeys(limits)
  const outgoing = openOutgoing({ allow: askable(settings) })
  const byProvider = signInByProvider({
    outgoing,
    limits,
    failed: (error) => log({ reference: 'provider', path: paths.signInCallback, error }),
  })

  app.use(async (c, next) => {
    c.set('db', db)
    c.set('settings', settings)
    c.set('house', { demo, assets: read.addresses, live: line, outgoing, now })
    await next()
  })
  app.use(requestLines({ now, tell }))
  app.use(knownHosts(settings))
  app.get('/assets/*', ...assets(read))
  app.get('/favicon.ico', ...favicon(read))
  app.use(whoAsks({ db, settings, now, demo }))
  app.use(keptPages({ db, now }))
  app.use(safety(settings))
  app.use(moments({ now }))
  app.use(saidBy)
  app.use(sameSite(settings))
  app.use(onlyWhoMay(limits))
  app.use(notAllAtOnce())

  app.get('/healthz', ...alive)
  app.get('/readyz', ...ready)
  app.get('/metrics', ...metrics)
  app.route(paths.sources, deliveries)
  app.post(paths.bounces, ...bounces)

  app.use((c, next) => (c.req.path.startsWith(`${paths.api}/`) ? next() : formLimit(c, next)))
  app.use(asOf)
  app.route(paths.api, api)
  app.route(paths.scim, scim)
  app.get(paths.live, ...live)
  app.get(paths.morning, ...thisMorning)
  app.route(paths.meetings, meetings)
  app.route(paths.meetings, run)
  app.route(paths.meetings, roomDeeds)
  app.route(paths.meetings, cards)
  app.route(paths.meetings, minutes)
  app.route(paths.join, join)
  app.route(paths.handOvers, handOvers)
  app.route('/', histories)
  app.get(`${paths.meetings}/:day/difference`, ...difference)
  app.route(paths.incidents, incidents)
  app.route(paths.incidents, outages)
  app.route(paths.problems, problems)
  app.route(paths.changes, changes)
  app.route(paths.exposures, exposures)
  app.route(paths.serviceLevels, serviceLevels)
  app.route(paths.complaints, complaints)
  app.route(paths.forecasts, forecasts)
  app.route(paths.actions, actions)
  app.route(paths.postmortems, postmortems)
  app.route(paths.people, people)
  app.route(paths.people, wishes)
  app.route('/', offers)
  app.get(paths.letters, ...letters)
  app.route(paths.checkIn, checkIn)
  app.route(paths.hooks, hooks)
  app.get('/calendar/:token', ...calendars)
  app.route(paths.sources, sources)
  app.get(paths.backup, ...backup)
  app.get(paths.byHand, ...byHand)
  app.route(
    paths.signIn,
    signIn({ mail, limits, unsent: (error) => log({ reference: 'letter', path: paths.signIn, error }) }),
  )
  app.get(paths.signInProvider, ...byProvider.leave)
  app.get(paths.signInCallback, ...byProvider.comeBack)
  app.post(paths.signOut, ...signOut)
  app.route(paths.signInPasskey, passkey.signIn)
  app.route(paths.passkeys, passkey.own)
  app.route(paths.me, me)
  app.get(paths.wall, ...wall)
  app.route(paths.projectors, projectors)
  app.route(paths.tokens, tokens)
  app.get(paths.audit, ...auditPage)
  app.post(paths.whoami, ...whoami)
  app.post(paths.theme, ...theme)

  app.notFound(notFound((path) => methodsAt(app, path)))
  app.onError(failed(log))
  eachSpokenOf(app)
  return app
}

// A provider on this machine itself is one that its own configuration named.
function askable({ allowNetworks, doors: { provider } }: House['settings']): string[] {
  return provider && isLoopback(provider.issuer.hostname) ? [...allowNetworks, '127.0.0.0/8', '::1'] : allowNetworks
}

/** Nobody opens a door that nobody spoke of: a route without a line in src/web/policy.ts stops the start. */
function eachSpokenOf(app: Hono<Env>): void {
  const silent = unspoken(app.routes)
  if (silent.length > 0) throw new Error(`Who may? src/web/policy.ts has no line for ${silent.join(', ')}`)
}

/** What one may do at an address, as the router knows it. */
function methodsAt(app: Hono<Env>, path: string): string[] {
  return ['GET', 'POST', 'PATCH'].filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )
}
