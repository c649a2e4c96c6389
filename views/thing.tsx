import { type Around, readingAt } from './around.ts'
import { figure } from './figures.ts'
import { Layout } from './layout.tsx'
import { Form } from './parts/form.tsx'
import { Moment } from './parts/moment.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { deeds } from './paths.ts'

/** A page for a thing with few words of its own: a complaint, a forecast, a planned event, a person. */
export interface ThingPageProps {
  around: Around
  kind: string // 'Complaint'
  title: string
  lines: { label: string; value: string | number | Date | null; href?: string }[]
  linkable?: { incidents: { id: string; title: string }[]; complaintId: string } // the form that links a complaint to an incident
}

export function ThingPage({ around, kind, title, lines, linkable }: ThingPageProps) {
  return (
    <Layout around={around} title={title}>
      <main id="page">
        <PageHead kicker={kind} title={title} />
        <div class="stack">
          <Pairs pairs={lines.map((line) => [line.label, <Value line={line} around={around} />] as const)} />
          {linkable && <IncidentLink around={around} linkable={linkable} />}
        </div>
      </main>
    </Layout>
  )
}

function Value({ line: { value, href }, around }: { line: ThingPageProps['lines'][number]; around: Around }) {
  if (value === null) return <span class="quiet">not known</span>
  if (value instanceof Date) return <Moment at={value} reading={readingAt(around)} />

  const words = typeof value === 'number' ? figure(value) : value
  return href ? <a href={href}>{words}</a> : <bdi>{words}</bdi>
}

function IncidentLink({ around, linkable }: { around: Around; linkable: NonNullable<ThingPageProps['linkable']> }) {
  if (linkable.incidents.length === 0) return null

  return (
    <Block title="Which incident is it about?">
      <Form around={around} action={deeds.complaint.incident(linkable.complaintId)}>
        <label>
          Incident
          <select name="incident">
            {linkable.incidents.map(({ id, title }) => (
              <option value={id}>{title}</option>
            ))}
          </select>
        </label>
        <button type="submit">Link</button>
      </Form>
    </Block>
  )
}
