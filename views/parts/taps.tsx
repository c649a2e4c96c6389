import type { Child } from 'hono/jsx'
import { paths } from '../paths.ts'

export type TapDeed = 'accept' | 'return' | 'done' | 'help'

export const tapWords: Record<TapDeed, string> = {
  accept: 'Accept',
  return: 'Give back',
  done: 'Done',
  help: 'Need help',
}

interface TapsProps {
  kind: 'hand-over' | 'action' | 'raise'
  id: string
  deeds?: TapDeed[]
  label?: string
  children?: Child
}

/** A plain form of one tap: tapped twice it is done once, and without a network it is kept and sent later. */
export function Taps({ kind, id, deeds = [], label, children }: TapsProps) {
  const form = (
    <form method="post" action={paths.taps} data-tap="yes">
      <input type="hidden" name="kind" value={kind} />
      {kind !== 'raise' && <input type="hidden" name="id" value={id} />}
      {kind === 'raise' && <input type="text" name="text" aria-label="Raise at the meeting" required maxlength={500} />}
      {kind === 'raise' && (
        <label class="check">
          <input type="checkbox" name="unnamed" value="yes" /> without my name
        </label>
      )}
      {kind === 'raise' && <button type="submit">{label}</button>}
      {deeds.map((deed, place) => (
        <button type="submit" name="deed" value={deed} class={place === 0 ? 'first' : undefined}>
          {tapWords[deed]}
        </button>
      ))}
    </form>
  )
  return kind === 'raise' ? (
    <section id={id}>
      {children}
      {form}
    </section>
  ) : (
    form
  )
}
