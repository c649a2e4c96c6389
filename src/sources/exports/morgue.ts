import type { Fact } from '../../record/fact.ts'
import { instantIn } from '../mapping/values.ts'
import { asSaid, asTitle, longest, type Said } from '../said.ts'
import { happened, known } from '../tellings.ts'
import { jsonIn, type Subject, type ToolExport } from './export.ts'

const mend = 'write the table postmortems as JSON, one row an object, with or without its other tables beside it'

/**
 * Etsy's Morgue: the rows of its table `postmortems` as JSON, as a list or as {"postmortems": [...], "tags": [...],
 * "postmortem_referenced_tags": [...], "jira": [...], "links": [...]}. Times are seconds since 1970, 0 = never. Each of them had
 * its postmortem: the decision is yes, and what it found is noted.
 */
export const morgue: ToolExport = {
  name: 'morgue',
  title: 'Etsy Morgue: postmortems',
  source: 'morgue',
  class: 'manual',

  async read(text, { source }) {
    const json = asSaid(jsonIn(text, mend))
    const rows = json.has('postmortems') ? json.list('postmortems') : json.list('')
    return rows
      .filter((row) => row.text('deleted') !== '1' && row.text('deleted') !== 'true')
      .map((row, place) => subjectOf(row, { source, place, beside: besideOf(json, row.text('id') ?? '') }))
  },
}

/** What other tables say of a postmortem, in lines. */
function besideOf(json: Said, id: string): string[] {
  const own = (table: string) =>
    json.list(table).filter((row) => row.text('postmortem_id') === id && row.text('deleted') !== '1')
  const tags = new Set(own('postmortem_referenced_tags').map((row) => row.text('tag_id')))
  const named = json.list('tags').flatMap((tag) => (tags.has(tag.text('id')) ? (tag.text('title') ?? []) : []))
  const tickets = own('jira').flatMap((row) => row.text('jira_key', 'key') ?? [])
  const links = own('links').flatMap((row) =>
    [row.text('forum_link', 'link', 'url')].filter((link) => link !== undefined),
  )
  return [
    ...(named.length > 0 ? [`Tags: ${named.join(', ')}`] : []),
    ...(tickets.length > 0 ? [`Remediation: ${tickets.join(', ')}`] : []),
    ...links.map((link) => `Link: ${link}`),
  ]
}

function subjectOf(row: Said, { source, place, beside }: { source: string; place: number; beside: string[] }): Subject {
  const [number, title] = [row.text('id'), row.text('title')]
  const startedAt = instant(row, 'starttime')
  const name = number ?? `row ${place + 1}`
  if (number === undefined || title === undefined) return { name, facts: [], fault: `id or title: is missing; ${mend}` }
  if (startedAt === undefined) return { name, facts: [], fault: 'starttime: is missing, or 0' }

  const id = `${source}:${number}`
  const endedAt = instant(row, 'endtime')
  const end = endedAt && endedAt >= startedAt ? endedAt : startedAt
  const detectedAt = instant(row, 'detecttime')
  const told = known({
    title: asTitle(title),
    startedAt,
    detectedAt: detectedAt && detectedAt >= startedAt ? detectedAt : undefined,
    severity: severities[row.text('severity') ?? ''],
    ownerId: row.text('contact'),
    class: 'manual' as const,
  })
  const notes = [row.text('tldr'), row.text('summary'), row.text('why_surprised'), ...beside]
  const facts: Fact[] = [
    { kind: 'incident', id, at: startedAt, told },
    ...(endedAt ? happened(id, 'resolved', end) : []),
    ...statusNote(row, id),
    ...notes.flatMap((note) => happened(id, 'note', end, { value: note?.slice(0, longest.note) })),
    ...happened(id, 'postmortem', end, { value: 'yes', why: 'Morgue kept its postmortem' }),
    ...happened(id, 'postmortem-scheduled', end, { value: end.toISOString() }),
  ]
  return { name, facts }
}

// 5 is a near miss or worse to find, and no more is known of it.
const severities: Record<string, 'sev1' | 'sev2' | 'sev3' | 'sev4'> = {
  1: 'sev1',
  2: 'sev2',
  3: 'sev3',
  4: 'sev4',
  5: 'sev4',
}

function statusNote(row: Said, id: string): Fact[] {
  const at = instant(row, 'statustime')
  return at ? happened(id, 'note', at, { value: 'The status page told of it' }) : []
}

function instant(row: Said, path: string): Date | undefined {
  const seconds = row.text(path)
  return seconds === undefined || seconds === '0' ? undefined : instantIn(seconds, 'UTC')
}
