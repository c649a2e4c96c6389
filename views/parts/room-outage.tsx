import { stepsFor } from '../../src/agenda/checklists.ts'
import { isGrave } from '../../src/agenda/gravity.ts'
import { anHour } from '../../src/calendar.ts'
import type { Outage } from '../../src/record/outage-state.ts'
import type { Incident } from '../../src/record/shapes.ts'
import { type Reading, spell, when } from '../figures.ts'
import { deeds } from '../paths.ts'
import type { Card } from '../room.tsx'
import { Field, Form } from './form.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'
import type { CardProps } from './room-card.tsx'

/** After how long whoever runs an outage is asked whether somebody else should. */
export const swapAfterMs = 3 * anHour

/** Who runs it, what is promised by when, and what of the checklist is open. */
export function OutageLines({ card, room, reading, around, leads }: CardProps & { card: Card }) {
  const { incident, outage } = card
  const isRun = isOutage(incident)
  const steps = stepsFor(incident.severity, incident.customerMinutes)
  const open = steps.filter((step) => !outage.ticks.some((tick) => tick.step === step))
  return (
    <ul class="outage">
      {isRun && (
        <li class="runner">
          <span class="clamp">
            <Mark tone={outage.runnerId === null ? 'red' : isTired(outage, reading) ? 'amber' : 'green'} />{' '}
            {outage.runnerId === null ? (
              <em>No outage manager</em>
            ) : (
              <>
                {isTired(outage, reading) && <b class="text-amber">swap? </b>}
                Run by <b>{nameOf(room.facts.people, outage.runnerId)}</b>
                {outage.since && ` for ${spell(reading.asOf.getTime() - outage.since.getTime())}`}
              </>
            )}
          </span>
          {leads && (
            <button type="button" popovertarget="runs" data-key="m">
              <kbd>m</kbd> {outage.runnerId === null ? 'Name one' : 'Swap, promise'}
            </button>
          )}
        </li>
      )}
      {outage.promises
        .filter(({ keptAt }) => keptAt === null)
        .slice(0, 2)
        .map((promise) => (
          <li class="promise">
            <span class="clamp">
              <Mark tone={promise.dueAt < reading.asOf ? 'red' : 'plain'} />{' '}
              {promise.dueAt < reading.asOf && <b class="text-red">overdue </b>}by {when(promise.dueAt, reading)}:{' '}
              <bdi>{promise.what}</bdi>
            </span>
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

/** An open sev1 or sev2 is run by one named person. */
export function isOutage({ endedAt, severity }: Incident): boolean {
  return endedAt === null && isGrave(severity)
}

/** Who runs it from now on, and what is promised by when. */
export function OutageSheet({ around, card }: CardProps & { card: Card }) {
  const { incident, outage } = card
  return (
    <div id="runs" popover="auto" class="sheet">
      <h2>Who runs it</h2>
      <Form around={around} action={deeds.outage.runner(incident.id)} class="forms" seen={{ person: outage.runnerId }}>
        <Field label="One person, who does not fix it" name="person" list="people" required />
        {outage.runnerId !== null && <Field label="How it stands, for whoever takes over" name="note" required />}
        <button type="submit">{outage.runnerId === null ? 'Name' : 'Swap'}</button>
      </Form>
      <h2>What is promised</h2>
      <Form around={around} action={deeds.outage.promises(incident.id)} class="forms">
        <Field label="What" name="what" required />
        <Field label={`By when (${around.zone})`} name="due" type="datetime-local" required />
        <button type="submit">Promise</button>
      </Form>
    </div>
  )
}
