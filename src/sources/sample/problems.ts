import type { Fact } from '../../record/fact.ts'
import { lea, priya, tomasz } from './cast.ts'
import { byRoom, type Story, type Told } from './story.ts'

/** What causes incidents, and how far its mending is. */
export function problems(story: Story): Told[] {
  const { clock, workday } = story
  return [
    problem(
      story,
      clock(workday(9), '13:30'),
      'PRB-38',
      'Session cache evicts live sessions when a node joins',
      'accounts',
      tomasz,
    ),
    problem(
      story,
      clock(workday(8), '18:50'),
      'PRB-41',
      'Connection pool to the acquirer runs dry under evening load',
      'payments',
      priya,
    ),
    problem(story, clock(workday(6), '15:00'), 'PRB-43', 'Invoice mails are sent again after a retry', 'payments', lea),
    happened(
      story,
      clock(workday(5), '10:10'),
      'PRB-41',
      'state',
      'known-error',
      'Reproduced with 400 parallel payments',
    ),
    happened(story, clock(3, '10:30'), 'PRB-38', 'fix-deployed', '', 'Nodes now join with an empty share'),
  ]
}

type ProblemEvent = Extract<Fact, { kind: 'problem-event' }>['event']
function problem(story: Story, at: Date, id: string, title: string, service: string, ownerId: string): Told {
  const architectural = id === 'PRB-41'
  return byRoom(story, at, [
    { kind: 'problem', id, at, told: { title, service, openedAt: at, ownerId, severity: 'sev2', architectural } },
  ])
}

function happened(story: Story, at: Date, problemId: string, event: ProblemEvent, value: string, why: string): Told {
  return byRoom(story, at, [{ kind: 'problem-event', problemId, at, event, value, by: tomasz, why }])
}
