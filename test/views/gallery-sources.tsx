import type { Child } from 'hono/jsx'
import type { Around } from '../../views/around.ts'
import { MappingPage } from '../../views/mapping.tsx'
import { MatchingPage } from '../../views/matching.tsx'
import { minutesAgo } from '../support/builders.ts'
import type { Morning } from './mornings.ts'

/** How a source is taught our words: on a morning with people there is a delivery to teach it by, on an empty one none. */
export function teachingViews({ facts }: Morning, around: Around): Record<string, Child> {
  const services = facts.services.map(({ id }) => id)
  const heard = facts.people.length > 0
  const title = facts.incidents[0]?.title ?? 'Checkout answers slowly'
  const text = JSON.stringify({ alert: { name: title, where: services[0] ?? 'checkout' }, at: 'yesterday' }, null, 2)
  return {
    mapping: (
      <MappingPage
        around={around}
        source="our-pager"
        delivery={heard ? { id: 'd-1', receivedAt: minutesAgo(12), text } : null}
        others={heard ? [{ id: 'd-2', receivedAt: minutesAgo(40), fault: 'at is not an instant: "yesterday"' }] : []}
        found={[
          { path: 'alert.name', value: title },
          { path: 'at', value: 'yesterday' },
        ]}
        draft={{
          zone: around.zone,
          class: 'automated',
          kinds: ['incidents', 'changes'],
          rules: [
            {
              kind: 'incidents',
              when: '',
              each: '',
              columns: [
                { name: 'title', required: true, means: 'what broke, in words', expression: 'alert.name' },
                { name: 'startedAt', required: true, means: 'when it began', expression: 'at' },
              ],
            },
          ],
        }}
        examples={[{ name: 'pager', title: 'a pager' }]}
        trial={{ made: [{ rule: 0, cells: { title }, facts: [], faults: ['startedAt: "yesterday"'] }], fault: null }}
      />
    ),
    matching: (
      <MatchingPage
        around={around}
        source="our-pager"
        words={
          heard
            ? [
                { field: 'service', theirs: title, ours: null, known: null, seen: 41, lastAt: minutesAgo(9) },
                { field: 'severity', theirs: 'P1', ours: 'sev1', known: null, seen: 3, lastAt: minutesAgo(70) },
                { field: 'owner', theirs: 'ana', ours: null, known: 'ana@example.com', seen: 1, lastAt: null },
              ]
            : []
        }
        ours={{ service: services, site: ['ams', 'fra'], severity: ['sev1', 'sev2'], owner: [] }}
      />
    ),
  }
}
