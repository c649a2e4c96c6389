import { stepsAt } from '../../src/agenda/checklists.ts'
import { deeds } from '../paths.ts'
import type { BodyProps } from '../room.tsx'
import { Form } from './form.tsx'
import { Mark } from './marks.tsx'

/** What the meeting itself goes through on this screen (S39). Whoever leads ticks the first one open, or says why it is left out. */
export function RoomChecklist({ around, room, leads }: BodyProps) {
  const { ticks } = room.sitting.state
  const steps = stepsAt(room.stop.screen, ticks)
  const next = steps.find((step) => !ticks.some((tick) => tick.step === step))
  const shown = leads && next !== undefined ? [next] : steps
  if (steps.length === 0) return null

  const action = deeds.meeting.ticks(room.agenda.meetingDay)
  return (
    <section class="checklist" aria-label="Checklist">
      <ul>
        {shown.map((step) => {
          const tick = ticks.find((one) => one.step === step)
          return (
            <li class="clamp">
              <Mark tone={tick ? (tick.skipped === null ? 'green' : 'plain') : 'amber'} />{' '}
              <span class={tick ? 'quiet' : undefined}>
                {step}
                {leads && steps.length > 1 && !tick && <small> {placeOf(step, steps)}</small>}
                {tick && tick.skipped !== null && `: left out, ${tick.skipped}`}
              </span>
            </li>
          )
        })}
      </ul>
      {leads && next !== undefined && (
        <div class="choices">
          <Form around={around} action={action}>
            <input type="hidden" name="step" value={next} />
            <button type="submit" data-key="d">
              <kbd>d</kbd> Done
            </button>
          </Form>
          <Form around={around} action={action}>
            <input type="hidden" name="step" value={next} />
            <input
              name="skipped"
              placeholder="left out because"
              aria-label={`${next}: left out because`}
              required
              maxlength={500}
              autocomplete="off"
            />
            <button type="submit">Leave out</button>
          </Form>
        </div>
      )}
    </section>
  )
}

function placeOf(step: string, steps: readonly string[]): string {
  return `${steps.indexOf(step) + 1} of ${steps.length}`
}
