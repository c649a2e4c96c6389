import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Db } from '../../src/record/db.ts'
import { exposures, incidentEvents, incidents, siteEvents } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { openTestRecord } from '../support/open-record.ts'
import { send } from './an-alert.ts'

const folder = '../shared/data/alertmanager-live'
const present = existsSync(`${folder}/captured.ndjson`)
const evening = new Date('2026-11-21T20:00:00Z')

// What a real Prometheus 2.42 and Alertmanager 0.25 posted: retried, repeated, truncated, mixed, and by an HA pair.
describe.skipIf(!present)(
  `captured from a real Alertmanager${present ? '' : ` (skipped: ${folder} is not here)`}`,
  () => {
    const bodies = present ? ['captured.ndjson', 'captured-quick-ha.ndjson'].flatMap(bodiesIn) : []

    test('182 posts are the six incidents that happened, each with its own end', async () => {
      const db = await recordOf(bodies)

      expect(bodies).toHaveLength(182)
      expect(await episodesOn(db)).toEqual(truthOf(bodies))
      expect(truthOf(bodies)).toHaveLength(6)
    })

    test('payments ran alone three times', async () => {
      const db = await recordOf(bodies)

      const spans = await db.orm.select().from(exposures).orderBy(exposures.since)
      expect(spans.map(({ service, since, until }) => [service, since.toISOString(), until?.toISOString()])).toEqual([
        ['payments', '2026-11-21T07:35:30.794Z', '2026-11-21T07:35:51.794Z'],
        ['payments', '2026-11-21T07:36:17.794Z', '2026-11-21T07:37:10.794Z'],
        ['payments', '2026-11-21T07:53:21.305Z', '2026-11-21T07:53:24.305Z'],
      ])
    })

    test('in any order, any number of times, they leave the same record', async () => {
      const inOrder = await everythingOn(await recordOf(bodies))
      const shuffled = fc.sample(fc.shuffledSubarray([...bodies, ...bodies], { minLength: 2 * bodies.length }), {
        numRuns: 3,
        seed: 3,
      })

      for (const order of [bodies.toReversed(), ...shuffled])
        expect(await everythingOn(await recordOf(order))).toEqual(inOrder)
    })
  },
)

function bodiesIn(file: string): string[] {
  const lines = readFileSync(`${folder}/${file}`, 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line).body).filter((body) => body !== undefined)
}

async function recordOf(order: readonly string[]): Promise<Db> {
  const { db } = await openTestRecord()
  for (const [index, body] of order.entries()) {
    await send(db, body, { at: evening })
    if (index % 12 === 0) await ingestWaiting(db, evening)
  }
  await ingestWaiting(db, evening)
  return db
}

interface Post {
  alerts: { labels: Record<string, string>; fingerprint: string; startsAt: string; status: string; endsAt: string }[]
}

/** Read off the posts themselves, without our translation: each alert and start once, with the end anybody told of it. */
function truthOf(all: readonly string[]): string[] {
  const ends = new Map<string, string>()
  for (const { labels, fingerprint, startsAt, status, endsAt } of all.flatMap(
    (body) => (JSON.parse(body) as Post).alerts,
  )) {
    const episode = `${labels.service ?? labels.job} ${fingerprint} ${startsAt}`
    ends.set(episode, status === 'resolved' ? endsAt : (ends.get(episode) ?? 'open'))
  }
  return [...ends].map(([episode, end]) => `${episode} ${end}`).toSorted()
}

async function episodesOn(db: Db): Promise<string[]> {
  const rows = await db.orm.select().from(incidents)
  return rows
    .map(
      ({ id, service, startedAt, resolvedAt }) =>
        `${service} ${id.split(':')[1]} ${startedAt.toISOString()} ${resolvedAt?.toISOString() ?? 'open'}`,
    )
    .toSorted()
}

// Without what was inferred on the way: that an alert began anew is noted where its own end was not yet known.
async function everythingOn(db: Db): Promise<unknown> {
  const events = await db.orm
    .select()
    .from(incidentEvents)
    .orderBy(incidentEvents.incidentId, incidentEvents.at, incidentEvents.value)
  const standing = await db.orm.select().from(incidents).orderBy(incidents.id)
  return {
    incidents: standing.map(({ changedAt: _, ...row }) => row),
    events: events.filter(({ why }) => why === ''),
    sites: await db.orm.select().from(siteEvents).orderBy(siteEvents.site, siteEvents.at, siteEvents.state),
    exposures: await db.orm.select().from(exposures).orderBy(exposures.id),
  }
}
