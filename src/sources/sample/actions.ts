import { diego, hanneke, priya, tomasz } from './cast.ts'
import { byRoom, minutesAfter, type Story, type Told } from './story.ts'

/** One overdue, one due today, one done, one nobody has acknowledged, one with time left. */
export function actions(story: Story): Told[] {
  const { clock, workday, ahead } = story
  const endOfToday = story.now < ahead(0, '17:00') ? ahead(0, '18:00') : ahead(0, '23:59')
  const drill = 'Rehearse the loss of fra for accounts'
  return [
    ...action(story, {
      id: 'ACT-112',
      title: 'Alarm when the acquirer pool is four fifths used',
      ownerId: priya,
      at: clock(workday(6), '09:20'),
      dueAt: clock(workday(2), '18:00'),
      origin: ['problem', 'PRB-41'],
    }),
    ...action(story, {
      id: 'ACT-115',
      title: drill,
      ownerId: tomasz,
      at: clock(workday(5), '09:15'),
      dueAt: endOfToday,
      origin: ['exposure', 'accounts'],
    }),
    ...action(story, {
      id: 'ACT-117',
      title: 'Give the session cache 24 GB per node',
      ownerId: tomasz,
      at: clock(workday(5), '09:25'),
      dueAt: endOfToday,
      origin: ['problem', 'PRB-38'],
    }),
    ...action(story, {
      id: 'ACT-121',
      title: 'Test brand filters before each search deploy',
      ownerId: diego,
      at: clock(workday(1), '17:55'),
      dueAt: ahead(4, '17:00'),
      origin: ['incident', 'INC-3176'],
      unseen: true,
    }),
    ...action(story, {
      id: 'ACT-119',
      title: 'Ask the carrier for a stable timetable format',
      ownerId: hanneke,
      at: clock(workday(2), '15:10'),
      dueAt: ahead(9, '17:00'),
      origin: ['incident', 'INC-3160'],
    }),
    byRoom(story, clock(1, '19:10'), [
      { kind: 'action-event', actionId: 'ACT-117', at: clock(1, '19:10'), event: 'done', by: tomasz },
    ]),
  ]
}

interface Promised {
  id: string
  title: string
  ownerId: string
  at: Date
  dueAt: Date
  origin: [kind: string, id: string]
  unseen?: boolean
}
function action(
  story: Story,
  { id, title, ownerId, at, dueAt, origin: [originKind, originId], unseen }: Promised,
): Told[] {
  const acknowledgedAt = minutesAfter(at, 45)
  const seen = byRoom(story, acknowledgedAt, [
    { kind: 'action-event', actionId: id, at: acknowledgedAt, event: 'acknowledged', by: ownerId },
  ])
  return [
    byRoom(story, at, [{ kind: 'action', id, at, told: { title, ownerId, dueAt, originKind, originId } }]),
    ...(unseen ? [] : [seen]),
  ]
}
