import { setTimeout as pause } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import type { Db } from '../../src/record/db.ts'
import { countDeliveries } from '../../src/record/deliveries.ts'
import { incidents } from '../../src/record/schema.ts'
import { aFolder } from '../support/open-app.ts'
import { openTestRecord } from '../support/open-record.ts'
import { listening } from './daemons.ts'
import { icingaPresent, type Monitor, nagiosPresent, startIcinga, startNagios } from './monitor-daemons.ts'

test.runIf(nagiosPresent)(
  'a real Nagios tells of two bad minutes, and who looks at them',
  async () => {
    await livesThrough('nagios', startNagios)
  },
  90_000,
)

test.runIf(icingaPresent)(
  'a real Icinga 2 tells of two bad minutes, and who looks at them',
  async () => {
    await livesThrough('icinga', startIcinga)
  },
  90_000,
)

/** Down, told again, acknowledged, up; and down a second time. */
async function livesThrough(
  source: string,
  start: (folder: string, address: string) => Promise<Monitor>,
): Promise<void> {
  const { db, settings } = await openTestRecord()
  const app = createApp({ db, settings, now: () => new Date() })
  const { port } = await listening(getRequestListener(app.fetch))
  const monitor = await start(await aFolder(), `http://127.0.0.1:${port}/sources/${source}`)

  await monitor.finds(2)
  expect(await until(db, ([only]) => only?.state === 'open')).toMatchObject([
    { title: 'checkout-http on ams1-web1', service: 'checkout-http', site: 'ams', severity: 'sev2' },
  ])
  await monitor.acknowledge()
  await until(db, ([only]) => only?.acknowledgedAt != null)
  await monitor.finds(0)
  await until(db, ([only]) => only?.state === 'resolved')
  await monitor.finds(2)
  await until(db, (rows) => rows.length === 2)
  await monitor.finds(0)
  const rows = await until(db, (rows) => rows.every(({ state }) => state === 'resolved'))

  expect(rows).toHaveLength(2)
  expect(await countDeliveries(db)).toEqual({ waiting: 0, unreadable: 0 })
}

type Row = typeof incidents.$inferSelect

async function until(db: Db, holds: (rows: Row[]) => boolean): Promise<Row[]> {
  for (let waited = 0; waited < 250; waited++) {
    const rows = await db.orm.select().from(incidents).orderBy(incidents.startedAt)
    if (holds(rows)) return rows
    await pause(100)
  }
  throw new Error(`waited in vain: ${JSON.stringify(await db.orm.select().from(incidents))}`)
}
