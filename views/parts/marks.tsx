import type { Severity } from '../../src/record/schema.ts'

export type Tone = 'red' | 'amber' | 'green' | 'plain'

/** The shape that goes with a colour: diamond, triangle, disc, dash. What it says is said in words beside it. */
export function Mark({ tone }: { tone: Tone }) {
  return <i class={`mark ${tone}`} aria-hidden="true" />
}

/** The annunciator: the word of the day, lit. */
export function Light({ level }: { level: 'red' | 'amber' | 'green' }) {
  return (
    <span class={`light ${level}`}>
      <Mark tone={level} /> {level}
    </span>
  )
}

export function SeverityTag({ severity }: { severity: Severity | null }) {
  return <span class={`severity ${severity ?? 'unknown'}`}>{severity ? severity.toUpperCase() : 'SEV ?'}</span>
}
