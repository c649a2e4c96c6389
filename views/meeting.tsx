import { dateWords } from '../src/calendar.ts'
import type { Meeting } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { type Reading, spell, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { nameOf } from './parts/owner.tsx'
import { PageHead } from './parts/pairs.tsx'
import { paths } from './paths.ts'

export interface MeetingsPageProps {
  around: Around
  meetings: Meeting[] // newest first
  next: string | null // address of the next page
}

export function MeetingsPage({ around, meetings, next }: MeetingsPageProps) {
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <Layout around={around} title="Past mornings">
      <main id="page">
        <PageHead kicker="The record" title="Past mornings" />
        {meetings.length === 0 ? (
          <p class="empty">
            No meeting was held yet. <a href={paths.morning}>Open the first one</a>.
          </p>
        ) : (
          <ul>
            {meetings.map((meeting) => (
              <li class="item">
                <div>
                  <h2>
                    <a href={paths.meeting(meeting.day)}>{dateWords(meeting.day)}</a>
                  </h2>
                  <p class="meta">
                    <span>{standing(meeting, reading)}</span>
                    {meeting.closedAt && <a href={paths.minutes(nameAmong(meetings, meeting))}>minutes</a>}
                    <a href={paths.difference(meeting.day)}>compared with the one before</a>
                    {meeting.openedBy && <span>opened by {nameOf(around.people, meeting.openedBy)}</span>}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
        {next && (
          <p class="pager">
            <a class="button" href={next} rel="next">
              Earlier mornings
            </a>
          </p>
        )}
      </main>
    </Layout>
  )
}

/** Of two on one day each has a number of its own. */
function nameAmong(meetings: Meeting[], { id, day }: Meeting): string {
  return id === day && meetings.some((other) => other.day === day && other.id !== id) ? `${day}.1` : id
}

function standing({ openedAt, closedAt }: Meeting, reading: Reading): string {
  if (openedAt === null) return 'planned'
  return closedAt
    ? `held ${when(openedAt, reading)}, ${spell(closedAt.getTime() - openedAt.getTime())}`
    : `open since ${when(openedAt, reading)}`
}
