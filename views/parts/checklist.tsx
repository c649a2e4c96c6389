import type { Tick } from '../../src/record/meeting-state.ts'
import type { Around } from '../around.ts'
import { type Reading, when } from '../figures.ts'
import { Field, Form } from './form.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'

interface ChecklistProps {
  around: Around
  action: string // step, skipped
  steps: readonly string[]
  ticks: readonly Tick[]
  reading: Reading
  isOpen: boolean // may still be gone through
}

/** Each step with who did it and when, or why it was left out (S39). What was ticked once and is no step now is told all the same. */
export function Checklist({ around, action, steps, ticks, reading, isOpen }: ChecklistProps) {
  const others = ticks.filter(({ step }) => !steps.includes(step)).map(({ step }) => step)
  return (
    <ul class="forms checklist">
      {[...steps, ...others].map((step) => {
        const tick = ticks.find((one) => one.step === step)
        return (
          <li>
            <Mark tone={tick ? (tick.skipped === null ? 'green' : 'plain') : 'amber'} /> {step}
            {tick && (
              <span class="quiet">
                {' '}
                {tick.skipped === null ? '' : 'left out by '}
                {nameOf(around.people, tick.by)}, {when(tick.at, reading)}
                {tick.skipped !== null && <bdi>: {tick.skipped}</bdi>}
              </span>
            )}
            {!tick && isOpen && (
              <div class="choices">
                <Form around={around} action={action}>
                  <input type="hidden" name="step" value={step} />
                  <button type="submit">Done</button>
                </Form>
                <Form around={around} action={action}>
                  <input type="hidden" name="step" value={step} />
                  <Field label="Left out because" name="skipped" required />
                  <button type="submit">Leave out</button>
                </Form>
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
