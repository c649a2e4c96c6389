import { ago, type Reading, when } from '../figures.ts'

/** An instant in the meeting's clock, with the exact one for machines. */
export function Moment({ at, reading }: { at: Date; reading: Reading }) {
  return <time datetime={at.toISOString()}>{when(at, reading)}</time>
}

/** How long ago, with the instant a pointer away. */
export function Ago({ at, reading }: { at: Date; reading: Reading }) {
  return (
    <time datetime={at.toISOString()} title={when(at, reading)}>
      {ago(at, reading.asOf)}
    </time>
  )
}
