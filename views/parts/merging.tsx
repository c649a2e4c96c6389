import type { Incident, Person } from '../../src/record/shapes.ts'
import type { Around } from '../around.ts'
import { counted, type Reading, when } from '../figures.ts'
import { deeds, paths } from '../paths.ts'
import { Field, Form } from './form.tsx'
import { Mark, SeverityTag } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { Block } from './pairs.tsx'

/** Of which incident this one is part, what is part of it, and what else might be of the same cause. */
export interface Merging {
  whole: Part | null
  parts: Part[]
  besides: Incident[] // of the same service or site, at the same time
}
interface Part {
  incident: Incident
  why: string
  by: string // '' = a rule
  at: Date
}

interface MergingProps {
  around: Around
  incident: Incident
  merging: Merging
  reading: Reading
}

/** One incident is one event, not one for each alert. Whoever merged it, it can be split again, and merged again. */
export function OneOrSeveral({ around, incident, merging, reading }: MergingProps) {
  const { whole, parts, besides } = merging
  if (whole === null && parts.length === 0 && besides.length === 0) return null
  return (
    <Block title="One incident or several">
      {whole && (
        <>
          <p>
            It is part of <a href={paths.incident(whole.incident.id)}>{whole.incident.title}</a> and counts as one with
            it.
          </p>
          <Because part={whole} people={around.people} reading={reading} />
          <Form around={around} action={deeds.incident.split(incident.id)}>
            <Field label="It is not, because" name="why" />
            <button type="submit">Split it off</button>
          </Form>
        </>
      )}
      {parts.length > 0 && (
        <>
          <p>{counted(parts.length, 'incident is', 'incidents are')} part of it and count as one with it.</p>
          <ul class="forms">
            {parts.map((part) => (
              <li>
                <Line incident={part.incident} reading={reading} />
                <Because part={part} people={around.people} reading={reading} />
              </li>
            ))}
          </ul>
        </>
      )}
      {whole === null && besides.length > 0 && (
        <Besides around={around} incident={incident} besides={besides} reading={reading} />
      )}
    </Block>
  )
}

function Besides({ around, incident, besides, reading }: Omit<MergingProps, 'merging'> & { besides: Incident[] }) {
  return (
    <details>
      <summary>{counted(besides.length, 'other')} of its service or site at the same time</summary>
      <ul class="forms">
        {besides.map((other) => (
          <li>
            <Line incident={other} reading={reading} />
            <Form around={around} action={deeds.incident.merge(incident.id)}>
              <input type="hidden" name="into" value={other.id} />
              <Field label="This is part of that, because" name="why" />
              <button type="submit">Merge</button>
            </Form>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Line({ incident, reading }: { incident: Incident; reading: Reading }) {
  const { id, title, severity, startedAt, endedAt } = incident
  return (
    <>
      <Mark tone={endedAt ? 'green' : 'red'} /> <SeverityTag severity={severity} />{' '}
      <a href={paths.incident(id)}>{title}</a>{' '}
      <span class="quiet">
        {when(startedAt, reading)}
        {endedAt ? ` to ${when(endedAt, reading)}` : ', still open'}
      </span>
    </>
  )
}

function Because({ part, people, reading }: { part: Part; people: Person[]; reading: Reading }) {
  const by = part.by === '' ? 'by the rule of its source' : `by ${nameOf(people, part.by) ?? part.by}`
  return <p class="quiet">{[part.why, `${by}, ${when(part.at, reading)}`].filter(Boolean).join(' · ')}</p>
}
