import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { ne } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { type Db, openRecord } from '../../src/record/db.ts'
import { countDeliveries } from '../../src/record/deliveries.ts'
import { exposures, incidents } from '../../src/record/schema.ts'
import { sourcesHeard } from '../../src/record/sources-heard.ts'
import { stopIngesting } from '../../src/sources/deliveries.ts'
import { aFolder } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'
import { aTarget, daemonsPresent, type Gauges, listening, startDaemons } from './daemons.ts'

const live = daemonsPresent ? test : test.skip
const now = () => new Date()

live(
  `a real Prometheus and Alertmanager tell of a bad hour while we restart${daemonsPresent ? '' : ' (skipped: prometheus and prometheus-alertmanager are not installed)'}`,
  async () => {
    const folder = await aFolder()
    const gauges: Gauges = { errorRatio: 0, alone: 0, spareLost: 0 }
    const target = await aTarget(gauges)
    const mortal = await aTarget({ ...gauges })
    const first = await openHouse(join(folder, 'record'))
    await mkdir(join(folder, 'daemons'))
    const receiver = `http://127.0.0.1:${first.port}/sources/alertmanager`
    await startDaemons({ folder: join(folder, 'daemons'), target: target.port, mortal: mortal.port, receiver })
    await until('the first sign of life', async () => (await sourcesHeard(first.db, now())).length > 0)

    Object.assign(gauges, { errorRatio: 0.2, alone: 1, spareLost: 1 })
    await mortal.end()
    await until('four incidents', async () => (await told(first.db)).length === 4)
    expect((await told(first.db)).every((line) => line.endsWith('open'))).toBe(true)
    await until('two exposures', async () => (await first.db.orm.select().from(exposures)).length === 2)

    // Down while everything is mended: what is posted meanwhile meets a closed door and must come again.
    await first.close()
    Object.assign(gauges, { errorRatio: 0, alone: 0 })
    await pause(2_500)
    const second = await openHouse(join(folder, 'record'), first.port)
    await until(
      'two mended',
      async () => (await told(second.db)).filter((line) => line.endsWith('resolved')).length >= 2,
    )
    gauges.spareLost = 0
    await until(
      'three mended',
      async () => (await told(second.db)).filter((line) => line.endsWith('resolved')).length === 3,
    )

    expect(await told(second.db)).toEqual([
      'accounts sev1 accounts is down in fra: open',
      'checkout sev3 checkout answers 20% with errors: resolved',
      'payments sev1 payments runs in ams only: resolved',
      'search sev3 search has lost its spare: resolved',
    ])
    const spans = await second.db.orm.select().from(exposures).orderBy(exposures.service)
    expect(spans.map(({ service, until: over }) => [service, over !== null])).toEqual([
      ['payments', true],
      ['search', true],
    ])
    expect(await countDeliveries(second.db)).toMatchObject({ unreadable: 0 })
    await second.close()
  },
  40_000,
)

async function openHouse(folder: string, onPort = 0) {
  const settings = settingsIn(folder)
  const db = await openRecord(settings, { now: now(), onFatal: console.error })
  const { port, end } = await listening(getRequestListener(createApp({ db, settings, now }).fetch), onPort)
  const close = async () => {
    await end()
    await stopIngesting(db)
    await db.close()
  }
  return { db, port, close }
}

// On a starved machine the daemons rightly find the target we keep up slow to answer: that is no part of the story.
async function told(db: Db): Promise<string[]> {
  const rows = await db.orm
    .select()
    .from(incidents)
    .where(ne(incidents.service, 'app'))
    .orderBy(incidents.service, incidents.startedAt)
  return rows.map(({ service, severity, title, state }) => `${service} ${severity} ${title}: ${state}`)
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await holds()) return
    await pause(100)
  }
  throw new Error(`waited in vain for ${what}`)
}
