import { jonas } from './cast.ts'
import { byTool, type Story, type Told } from './story.ts'

export function complaints(story: Story): Told[] {
  const { clock, workday, lately } = story
  return [
    complaint(
      story,
      'CMP-701',
      clock(workday(6), '14:02'),
      'My invoice came twice, was I charged twice?',
      'payments',
      'customer',
      'INC-3150',
      9,
    ),
    complaint(
      story,
      'CMP-706',
      clock(workday(2), '11:20'),
      'Parcel promised for yesterday, order says tomorrow',
      'checkout',
      'customer',
      'INC-3160',
      23,
    ),
    complaint(
      story,
      'CMP-711',
      clock(workday(1), '16:47'),
      'I choose a brand and the page is empty',
      'search',
      'customer',
      'INC-3176',
      31,
    ),
    complaint(
      story,
      'CMP-714',
      clock(1, '20:22'),
      'Card refused three times, then it worked',
      'payments',
      'customer',
      'INC-3185',
      14,
    ),
    complaint(
      story,
      'CMP-716',
      lately(200),
      'Picking lists reach the warehouse an hour late',
      'checkout',
      'internal',
      null,
      1,
    ),
    complaint(story, 'CMP-717', lately(52), 'Search on the phone takes for ever today', 'search', 'customer', null, 3),
  ]
}

function complaint(
  story: Story,
  id: string,
  at: Date,
  text: string,
  service: string,
  of: 'customer' | 'internal',
  incidentId: string | null,
  count: number,
): Told {
  const source = of === 'customer' ? 'support desk' : 'intranet form'
  return byTool(story, source, of, at, [
    { kind: 'complaint', id, at, text, service, class: of, incidentId, count, by: jonas },
  ])
}
