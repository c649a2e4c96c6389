import { ana, diego, jonas, lea, priya, tomasz } from './cast.ts'
import { byRoom, byTool, minutesAfter, type Story, type Told } from './story.ts'

/** What was changed, and that the likely cause was taken back. */
export function changes(story: Story): Told[] {
  const { clock, workday, lately } = story
  const rollBack = clock(workday(1), '16:55')
  const denial = clock(1, '21:10')
  return [
    change(story, 'CHG-861', clock(workday(8), '13:40'), 'payments deploy 7.2.9', 'payments', priya),
    change(story, 'CHG-864', clock(workday(6), '10:20'), 'accounts: add cache node 7', 'accounts', tomasz),
    change(story, 'CHG-867', clock(workday(5), '11:15'), 'checkout deploy 2026.47 on ams, then fra', 'checkout', lea),
    change(
      story,
      'CHG-871',
      clock(workday(3), '14:10'),
      'search: raise the heap of the indexers to 12 GB',
      'search',
      diego,
    ),
    change(story, 'CHG-874', clock(workday(2), '10:05'), 'checkout: new carrier timetable imported', 'checkout', jonas),
    change(
      story,
      'CHG-878',
      clock(workday(1), '11:05'),
      'accounts: session cache to 24 GB per node',
      'accounts',
      tomasz,
    ),
    change(story, 'CHG-880', clock(workday(1), '16:20'), 'search deploy 4.12.0 on fra', 'search', diego, 'fra'),
    byTool(story, 'deployments', 'automated', rollBack, [
      { kind: 'change-event', changeId: 'CHG-880', at: rollBack, event: 'rolled-back', by: diego },
    ]),
    change(story, 'CHG-881', clock(1, '18:40'), 'checkout: new address form for a quarter of Austria', 'checkout', lea),
    byRoom(story, denial, [
      {
        kind: 'change-event',
        changeId: 'CHG-881',
        at: denial,
        event: 'denied',
        by: lea,
        why: 'The switch was off again before the first complaint',
      },
    ]),
    change(story, 'CHG-883', lately(420), 'Kernel update on the ams database hosts', null, ana, 'ams'),
  ]
}

function change(
  story: Story,
  id: string,
  at: Date,
  what: string,
  service: string | null,
  who: string,
  site: string | null = null,
): Told {
  const type = what.includes('deploy') ? 'deploy' : 'configuration'
  return byTool(story, 'deployments', 'automated', minutesAfter(at, 1), [
    { kind: 'change', id, at, what, service, site, who, url: null, type },
  ])
}
