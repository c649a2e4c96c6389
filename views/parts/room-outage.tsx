import { stepsFor } from '../../src/agenda/checklists.ts'
import { anHour } from '../../src/calendar.ts'
import type { Outage } from '../../src/record/outage-state.ts'
import { type Reading, spell, when } from '../figures.ts'
import { deeds } from '../paths.ts'
import type { Card } from '../room.tsx'
import { Form } from './form.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'
import type { CardProps } from './room-card.tsx'

/** After how long whoever runs an outage is asked whether somebody else should. */
export const swapAfterMs = 3 * anHour

/** Who runs it, what is promised by when, and what of the checklist is open. */
export function OutageLines({ card, room, reading, around, leads }: CardProps & { card: Card }) {
  const { incident, outage } = card
  const isRun = incident.endedAt === null && (incident.severity === 'sev1' || incident.severity === 'sev2')
  const steps = stepsFor(incident.severity, incident.customerMinutes)
  const open = steps.filter((step) => !outage.ticks.some((tick) => tick.step === step))
  return (
    <ul class="outage">
      {isRun && (
        <li>
          <Mark tone={outage.runnerId === null ? 'red' : isTired(outage, reading) ? 'amber' : 'green'} />{' '}
          {outage.runnerId === null ? (
            <em>No outage manager</em>
          ) : (
            <>
              Run by <b>{nameOf(room.facts.people, outage.runnerId)}</b>
              {outage.since && ` for ${spell(reading.asOf.getTime() - outage.since.getTime())}`}
              {isTired(outage, reading) && <b class="text-amber">, swap?</b>}
            </>
          )}
          {leads && (
            <Form around={around} action={deeds.outage.runner(incident.id)} seen={{ person: outage.runnerId }}>
              <input name="person" list="people" placeholder="Who runs it" aria-label="Outage manager" required />
              {outage.runnerId !== null && (
                <input name="note" placeholder="How it stands" aria-label="Hand-over note" required maxlength={500} />
              )}
              <button type="submit">{outage.runnerId === null ? 'Name' : 'Swap'}</button>
            </Form>
          )}
        </li>
      )}
      {outage.promises
        .filter(({ keptAt }) => keptAt === null)
        .slice(0, 2)
        .map((promise) => (
          <li>
            <Mark tone={promise.dueAt < reading.asOf ? 'red' : 'plain'} /> by {when(promise.dueAt, reading)}:{' '}
            <bdi>{promise.what}</bdi>
            {promise.dueAt < reading.asOf && <b class="text-red"> overdue</b>}
            {leads && (
              <Form around={around} action={deeds.outage.keeping(incident.id)}>
                <input type="hidden" name="said" value={promise.said} />
                <button type="submit">Kept</button>
              </Form>
            )}
          </li>
        ))}
      {isRun && open.length > 0 && (
        <li>
          <span class="quiet">Open of {steps.length}:</span> {open[0]}
          {leads && (
            <Form around={around} action={deeds.outage.ticks(incident.id)}>
              <input type="hidden" name="step" value={open[0]} />
              <button type="submit" data-key="d">
                <kbd>d</kbd> Done
              </button>
            </Form>
          )}
        </li>
      )}
    </ul>
  )
}

/** Whether whoever runs it has done so for three hours. */
export function isTired(outage: Outage, { asOf }: Reading): boolean {
  return outage.since !== null && asOf.getTime() - outage.since.getTime() >= swapAfterMs
}
