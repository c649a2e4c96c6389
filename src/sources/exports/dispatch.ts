import type { Fact } from '../../record/fact.ts'
import { instantIn } from '../mapping/values.ts'
import { asSaid, asTitle, longest, type Said, webAddress } from '../said.ts'
import { severityFrom } from '../severities.ts'
import { happened, known } from '../tellings.ts'
import { rowsIn, type Subject, type ToolExport } from './export.ts'

const mend = 'take what GET /api/v1/ORGANISATION/incidents answers, its items, or one incident a line'

/**
 * Netflix Dispatch. Stable is service back, closed is over. The severity is the incident's (its priority where an older
 * version has none), the owner its commander; its tasks become actions, its duplicates parts of it. Times are UTC.
 */
export const dispatch: ToolExport = {
  name: 'dispatch',
  title: 'Netflix Dispatch: incidents',
  source: 'dispatch',
  class: 'manual',
  async read(text, { source }) {
    const rows = rowsIn(text, ['items', 'incidents'], mend).map(asSaid)
    const wholes = new Map(
      rows.flatMap((row) => row.list('duplicates').map((twin) => [nameOf(twin), nameOf(row)] as const)),
    )
    return rows.map((row, place) => subjectOf(row, { source, place, whole: wholes.get(nameOf(row)) }))
  },
}

function nameOf(said: Said): string | undefined {
  return said.text('name', 'id')
}

interface Place {
  source: string
  place: number
  whole: string | undefined // the incident that this one is a duplicate of
}

function subjectOf(said: Said, { source, place, whole }: Place): Subject {
  const name = nameOf(said)
  const title = said.text('title')
  const startedAt = instant(said, 'reported_at', 'created_at')
  if (name === undefined) return { name: `row ${place + 1}`, facts: [], fault: `name: is missing; ${mend}` }
  if (title === undefined) return { name, facts: [], fault: 'title: is missing' }
  if (startedAt === undefined) return { name, facts: [], fault: 'reported_at: is missing, or no instant' }

  const id = `${source}:${name}`
  const severity = severityOf(said)
  const told = known({
    title: asTitle(title),
    startedAt,
    service: serviceOf(said),
    severity,
    ownerId: personIn(said, 'commander'),
    team: said.text('project.name', 'incident_type.name'),
    url: webAddress(said.text('ticket.weblink'), said.text('incident_document.weblink')),
    class: 'manual' as const,
  })
  const facts: Fact[] = [
    { kind: 'incident', id, at: startedAt, told },
    ...lifeOf(said, id),
    ...said.list('events').flatMap((event) => noteOf(event, id)),
    ...said.list('tasks').flatMap((task, number) => actionOf(task, { id, number, startedAt })),
    ...(whole
      ? happened(id, 'merged-into', startedAt, { value: `${source}:${whole}`, why: 'Dispatch knew it as a duplicate' })
      : []),
  ]
  return { name, facts }
}

// Dispatch stores UTC without saying so.
function instant(said: Said, ...paths: string[]): Date | undefined {
  const text = said.text(...paths)
  return text === undefined ? undefined : instantIn(text, 'UTC')
}

function severityOf(said: Said) {
  const own = said.text('incident_severity.name')
  return severityFrom(own && !/undetermined/i.test(own) ? own : said.text('incident_priority.name'))
}

function serviceOf(said: Said): string | undefined {
  const tag = said
    .list('tags')
    .find((one) => /service|application|system/i.test(one.text('tag_type.name', 'type') ?? ''))
  return tag?.text('name')
}

function personIn(said: Said, role: string): string | undefined {
  return said.text(`${role}.individual.email`, `${role}.email`, `${role}.individual.name`, `${role}.name`)
}

function lifeOf(said: Said, id: string): Fact[] {
  const [stable, closed] = [instant(said, 'stable_at'), instant(said, 'closed_at')]
  const status = said.text('status')?.toLowerCase()
  return [
    ...(stable && status !== 'active' ? happened(id, 'mitigated', stable) : []),
    ...(closed && status === 'closed'
      ? [...happened(id, 'resolved', closed), ...happened(id, 'closed', closed, { why: said.text('resolution') })]
      : []),
  ]
}

function noteOf(event: Said, id: string): Fact[] {
  const at = instant(event, 'started_at', 'created_at')
  const value = event.text('description')
  return at && value
    ? happened(id, 'note', at, { value: value.slice(0, longest.note), by: event.text('source', 'owner') })
    : []
}

function actionOf(task: Said, { id, number, startedAt }: { id: string; number: number; startedAt: Date }): Fact[] {
  const title = task.text('description', 'title')
  if (title === undefined) return []

  const actionId = `${id}:task ${task.text('id', 'resource_id') ?? number + 1}`.slice(0, longest.id)
  const at = instant(task, 'created_at') ?? startedAt
  const doneAt = instant(task, 'resolved_at')
  const isDone = task.text('status')?.toLowerCase() === 'resolved'
  const told = {
    title: asTitle(title),
    ownerId: personIn(task, 'assignees.0') ?? personIn(task, 'owner') ?? null,
    dueAt: instant(task, 'resolve_by') ?? null,
    originKind: 'incident',
    originId: id,
  }
  return [
    { kind: 'action', id: actionId, at, told },
    ...(isDone ? [{ kind: 'action-event', actionId, event: 'done', at: doneAt ?? at } as const] : []),
  ]
}
