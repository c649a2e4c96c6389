import { stepsFor } from '../../src/agenda/checklists.ts'
import { isGrave } from '../../src/agenda/gravity.ts'
import type { Outage } from '../../src/record/outage-state.ts'
import type { Incident } from '../../src/record/shapes.ts'
import type { Around } from '../around.ts'
import { type Reading, spell, when } from '../figures.ts'
import { deeds } from '../paths.ts'
import { Checklist } from './checklist.tsx'
import { Field, Form } from './form.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { Block } from './pairs.tsx'
import { isTired } from './room-outage.tsx'

interface OutageProps {
  around: Around
  incident: Incident
  outage: Outage
  reading: Reading
}

/** How an incident is run: by whom, what somebody waits for until when, and what is gone through (S30, S39). */
export function OutageBlocks(props: OutageProps) {
  const { around, incident, outage, reading } = props
  const isOpen = incident.endedAt === null
  const isRun = (isOpen && isGrave(incident.severity)) || outage.runnerId !== null
  const steps = stepsFor(incident.severity, incident.customerMinutes)
  return (
    <>
      {(isRun || outage.promises.length > 0) && (
        <Block title="Who runs it">
          {isRun && <Runner {...props} isOpen={isOpen} />}
          <Promises {...props} isOpen={isOpen} />
        </Block>
      )}
      {(isOpen || outage.ticks.length > 0) && (
        <Block title="Checklist">
          <Checklist
            around={around}
            action={deeds.outage.ticks(incident.id)}
            steps={steps}
            ticks={outage.ticks}
            reading={reading}
            isOpen={isOpen}
          />
        </Block>
      )}
    </>
  )
}

function Runner({ around, incident, outage, reading, isOpen }: OutageProps & { isOpen: boolean }) {
  const { runnerId, since, note } = outage
  const tired = isOpen && isTired(outage, reading)
  return (
    <>
      <p>
        <Mark tone={runnerId === null ? 'red' : tired ? 'amber' : 'green'} />{' '}
        {runnerId === null ? (
          <em>No outage manager</em>
        ) : (
          <>
            Run by <b>{nameOf(around.people, runnerId)}</b>
            {since && isOpen && ` for ${spell(reading.asOf.getTime() - since.getTime())}`}
            {tired && <b class="text-amber">, swap?</b>}
          </>
        )}
      </p>
      {note && <p class="quiet">Handed over: {note}</p>}
      {isOpen && (
        <Form around={around} action={deeds.outage.runner(incident.id)} seen={{ person: runnerId }}>
          <Field label={runnerId === null ? 'Who runs it' : 'Who takes over'} name="person" list="people" required />
          {runnerId !== null && <Field label="How it stands" name="note" required />}
          <button type="submit">{runnerId === null ? 'Name' : 'Swap'}</button>
        </Form>
      )}
    </>
  )
}

function Promises({ around, incident, outage, reading, isOpen }: OutageProps & { isOpen: boolean }) {
  return (
    <>
      {outage.promises.length > 0 && (
        <ul class="forms">
          {outage.promises.map(({ said, what, dueAt, by, keptAt }) => {
            const isLate = keptAt === null && dueAt < reading.asOf
            return (
              <li>
                <Mark tone={keptAt ? 'green' : isLate ? 'red' : 'plain'} /> <bdi>{what}</bdi>{' '}
                <span class={isLate ? 'text-red' : 'quiet'}>
                  by {when(dueAt, reading)}, {nameOf(around.people, by)}
                  {keptAt ? `; kept ${when(keptAt, reading)}` : isLate && ': overdue'}
                </span>
                {keptAt === null && (
                  <Form around={around} action={deeds.outage.keeping(incident.id)}>
                    <input type="hidden" name="said" value={said} />
                    <button type="submit">Kept</button>
                  </Form>
                )}
              </li>
            )
          })}
        </ul>
      )}
      {isOpen && (
        <Form around={around} action={deeds.outage.promises(incident.id)}>
          <Field label="Promise" name="what" required />
          <Field label={`By (${around.zone})`} name="due" type="datetime-local" required />
          <button type="submit">Promise</button>
        </Form>
      )}
    </>
  )
}
