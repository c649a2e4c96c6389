import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { readAs } from './by-adapter.ts'
import { type Puller, PullFault } from './puller.ts'

const summary = z.looseObject({
  page: z.looseObject({}),
  incidents: z.array(z.looseObject({ id: z.string() })),
  scheduled_maintenances: z
    .array(z.looseObject({ id: z.string() }))
    .optional()
    .default([]),
})

/**
 * The summary.json of a status page (Atlassian's, and those that speak like it). It holds what is not over: an incident that
 * was there and is not any more was resolved, at the instant we saw that it was gone.
 */
export const statuspageSummary: Puller = {
  kind: 'statuspage',
  title: 'Status page: its summary.json',
  class: 'manual',
  everyMinutes: 2,
  options: z.strictObject({}),
  example: '{}',

  async fetch(asking) {
    const parsed = summary.safeParse(await asking.get('api/v2/summary.json'))
    if (!parsed.success) throw new PullFault('this is no summary.json of a status page')

    const { page, incidents, scheduled_maintenances: maintenances } = parsed.data
    const told = [...incidents, ...maintenances].flatMap((incident) => readAs('statuspage', asking, { page, incident }))
    const present = new Set(incidents.map(({ id }) => `statuspage:${id}`))
    const gone: Fact[] = asking.open
      .filter(({ id }) => /^statuspage:[\w-]+$/.test(id) && !present.has(id))
      .map(({ id }) => ({
        kind: 'incident-event',
        incidentId: id,
        event: 'resolved',
        at: asking.now,
        why: 'it is not on the status page any more',
      }))
    return { facts: [...told, ...gone], cursor: null }
  },
}
