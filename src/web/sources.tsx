import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { SourcePage } from '../../views/source.tsx'
import { SourcesPage } from '../../views/sources.tsx'
import { aMinute, dayBounds, dayOf } from '../calendar.ts'
import { findDelivery, listDeliveries, replayDeliveries } from '../record/deliveries.ts'
import { deliveryCounts, findSource, notForUs, type RegisteredSource, setSilence } from '../record/sources.ts'
import { inputsHeard, sourcesHeard } from '../record/sources-heard.ts'
import { ingestWaiting } from '../sources/deliveries.ts'
import { answer, show, words } from './answer.ts'
import { around } from './around.ts'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { windowAt } from './mornings.tsx'
import { mappingPage, tryMapping } from './source-mapping.tsx'
import { keepMatches, matchingPage } from './source-matching.tsx'
import { endPull, keepPull, pullPage } from './source-pull.tsx'
import { group, nameAdapter, readingOf } from './source-reading.ts'
import { confirm, remarked } from './source-remarks.ts'
import { giveSecret, proofOf, retire } from './source-secrets.ts'
import { unfit } from './wanting.ts'

type Deed = (c: Context<Env>, source: RegisteredSource) => Promise<Response>
const on = (deed: Deed) => found((c, name) => findSource(c.var.db, name), deed)
const none = { today: 0, waiting: 0, unreadable: 0 }

export const sources = factory
  .createApp()
  .get('/', page)
  .get('/:id', ...on(sourcePage))
  .get('/:id/mapping', ...on(mappingPage))
  .post('/:id/mapping/trial', ...on(tryMapping))
  .get('/:id/matching', ...on(matchingPage))
  .post('/:id/matching', ...on(keepMatches))
  .get('/:id/pull', pullPage)
  .post('/:id/pull', keepPull)
  .post('/:id/pull/end', endPull)
  .post('/:id/adapter', ...on(nameAdapter))
  .post('/:id/grouping', ...on(group))
  .post('/:id/silence', ...on(silence))
  .post('/:id/secret', giveSecret)
  .post('/:id/secrets/:secret/retirement', ...on(retire))
  .post('/:id/replay', ...on((c, { name }) => replay(c, { source: name })))
  .post('/:id/deliveries/:delivery/confirmation', ...on(confirm))
  .post('/:id/deliveries/:delivery/replay', ...on(replayOne))

async function page(c: Context<Env>): Promise<Response> {
  const { db, asOf, settings } = c.var
  const [surroundings, heard, inputs, counts, unreadable] = await Promise.all([
    around(c),
    sourcesHeard(db, asOf),
    windowAt(c, asOf).then((window) => inputsHeard(db, window)),
    deliveryCounts(db, dayBounds(dayOf(asOf, settings.rhythm.zone), settings.rhythm.zone)),
    listDeliveries(db, { unreadable: true, limit: 50 }),
  ])
  return show(
    c,
    <SourcesPage
      around={surroundings}
      sources={heard.map((one) => ({ heard: one, counts: counts.get(one.name) ?? none }))}
      inputs={inputs}
      unreadable={unreadable}
      endpoint={new URL(paths.sources, settings.publicUrl).href}
    />,
  )
}

async function sourcePage(c: Context<Env>, registered: RegisteredSource): Promise<Response> {
  const { name, adapter, class: inputClass, silenceMs } = registered
  const { db, asOf, settings } = c.var
  const [surroundings, heard, counts, deliveries, stray, proof, how] = await Promise.all([
    around(c),
    sourcesHeard(db, asOf),
    deliveryCounts(db, dayBounds(dayOf(asOf, settings.rhythm.zone), settings.rhythm.zone)),
    remarked(c, registered, await listDeliveries(db, { source: name, limit: 50 })),
    notForUs(db, name),
    proofOf(c, registered),
    readingOf(c, registered),
  ])
  const unheard = { name, class: inputClass, lastHeardAt: null, silenceMs: silenceMs ?? 0, silent: false }
  return show(
    c,
    <SourcePage
      around={surroundings}
      source={heard.find((one) => one.name === name) ?? unheard}
      adapter={adapter}
      counts={counts.get(name) ?? none}
      deliveries={deliveries}
      endpoint={new URL(paths.source(name), settings.publicUrl).href}
      notForUs={stray}
      proof={proof}
      how={how}
    />,
  )
}

/** For how many minutes it may say nothing; empty = as long as its class may, 0 = for ever. */
async function silence(c: Context<Env>, { name }: RegisteredSource): Promise<Response> {
  const { minutes } = await words(c)
  const limit = minutes === undefined ? null : Number(minutes)
  if (limit !== null && !(Number.isInteger(limit) && limit >= 0 && limit <= 525_600))
    return unfit(c, {
      field: 'minutes',
      fault: 'is not a number of minutes',
      mend: 'Write 90, at most 525600 (a year)',
    })

  await setSilence(c.var.db, name, limit === null ? null : limit * aMinute)
  return answer(c, paths.source(name))
}

async function replayOne(c: Context<Env>, { name }: RegisteredSource): Promise<Response> {
  const delivery = await findDelivery(c.var.db, c.req.param('delivery') ?? '')
  return delivery?.source === name ? replay(c, { id: delivery.id }) : c.notFound()
}

async function replay(c: Context<Env>, which: { id: string } | { source: string }): Promise<Response> {
  const { db, now } = c.var
  await replayDeliveries(db, which)
  await ingestWaiting(db, now)
  return answer(c, paths.sources)
}
