import type { Fact, IncidentTold } from '../../record/fact.ts'
import type { Decision, InputClass } from '../../record/schema.ts'
import { ana, ownerOf, priya, type SampleService } from './cast.ts'
import { byRoom, byTool, minutesAfter, type Story, type Told } from './story.ts'

/** One incident as the sample tells it. `heardAt` null = within two minutes; `ownerId` undefined = the service's own. */
export interface Episode {
  id: string
  title: string
  service: SampleService
  severity: 'sev1' | 'sev2' | 'sev3' | 'sev4'
  from: Date
  mitigated?: Date
  to: Date | null
  customerMinutes: number | null // null = nobody counted; 0 = a near miss
  ownerId?: string | null
  class?: InputClass
  source?: string
  heardAt?: Date
  problemId?: string
  site?: string
  decision?: Decision
  why?: string
}

/** Heard when it began, told again when it eased and ended, and settled by the room at its next meeting. */
export function toldOf(story: Story, episode: Episode): Told[] {
  const { id, from, mitigated, to, source = 'alertmanager' } = episode
  const heardAt = episode.heardAt ?? minutesAfter(from, 2)
  const later = (at: Date, event: 'mitigated' | 'resolved') =>
    byTool(story, source, episode.class ?? 'automated', laterOf(at, heardAt), [
      { kind: 'incident-event', incidentId: id, at, event },
    ])
  return [
    byTool(story, source, episode.class ?? 'automated', heardAt, [
      { kind: 'incident', id, at: from, told: columnsOf(episode) },
    ]),
    ...(mitigated ? [later(mitigated, 'mitigated')] : []),
    ...(to ? [later(to, 'resolved'), ...settled(story, episode, laterOf(heardAt, to))] : []),
  ]
}

function columnsOf(episode: Episode): IncidentTold {
  const { title, service, severity, from, customerMinutes, problemId, site, class: of = 'automated' } = episode
  return {
    title,
    service,
    severity,
    startedAt: from,
    detectedAt: minutesAfter(from, 1),
    ownerId: episode.ownerId === undefined ? ownerOf[service] : episode.ownerId,
    team: service,
    customerMinutes,
    class: of,
    ...(site ? { site } : {}),
    ...(problemId ? { problemId } : {}),
  }
}

function settled(story: Story, { id, decision = 'no', why = '' }: Episode, knownAt: Date): Told[] {
  const morning = story.nextMorning(knownAt)
  if (!morning) return []
  const facts: Fact[] = [
    {
      kind: 'incident-event',
      incidentId: id,
      at: minutesAfter(morning, 6),
      event: 'postmortem',
      value: decision,
      by: ana,
      why,
    },
    { kind: 'incident-event', incidentId: id, at: minutesAfter(morning, 7), event: 'closed', by: ana },
  ]
  return [byRoom(story, minutesAfter(morning, 7), facts)]
}

/** The postmortem of the second card outage has a date; that of the lost sessions has not. */
export function scheduledPostmortems(story: Story): Told[] {
  const value = story.ahead(1, '14:00').toISOString()
  const at = story.clock(story.workday(2), '15:40')
  return [
    byRoom(story, at, [
      { kind: 'incident-event', incidentId: 'INC-3141', at, event: 'postmortem-scheduled', value, by: priya },
    ]),
  ]
}

function laterOf(one: Date, other: Date): Date {
  return one > other ? one : other
}
