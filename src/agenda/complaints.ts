import type { Complaint, Facts, Forecast, PlannedEvent } from '../record/shapes.ts'
import { titleOf } from './alike.ts'
import { byId } from './gravity.ts'
import type { Item } from './shapes.ts'
import { type Shown, shorten } from './shown.ts'

/** What people said, then what is predicted, then what is planned: the customer's voice first, then by date. */
export function complaintItems({ complaints, forecasts, plannedEvents }: Facts): Shown {
  return shorten([
    ...complaints.toSorted(loudestFirst).map(complaintItem),
    ...forecasts.toSorted(soonestDueFirst).map(forecastItem),
    ...plannedEvents.toSorted(soonestFirst).map(plannedItem),
  ])
}

function complaintItem({ id, at, text, service, class: from, count, incidentId, late }: Complaint): Item {
  return {
    subject: { kind: 'complaint', id },
    title: titleOf({ title: text, service }),
    reason: { kind: 'complained', class: from, count, at, incidentId, late },
    ownerId: null,
  }
}

function forecastItem({ id, what, service, dueAt, madeAt, confidence }: Forecast): Item {
  return {
    subject: { kind: 'forecast', id },
    title: titleOf({ title: what, service }),
    reason: { kind: 'predicted', dueAt, madeAt, confidence },
    ownerId: null,
  }
}

function plannedItem({ id, title, service, from, to, peakPercent, valuePerMinute, currency }: PlannedEvent): Item {
  return {
    subject: { kind: 'planned-event', id },
    title: titleOf({ title, service }),
    reason: { kind: 'planned', from, to, peakPercent, valuePerMinute, currency },
    ownerId: null,
  }
}

/** Customers before colleagues, what no incident explains before what one does, many before few. */
function loudestFirst(a: Complaint, b: Complaint): number {
  return (
    Number(a.class === 'internal') - Number(b.class === 'internal') ||
    Number(a.incidentId !== null) - Number(b.incidentId !== null) ||
    b.count - a.count ||
    b.at.getTime() - a.at.getTime() ||
    byId(a, b)
  )
}

function soonestDueFirst(a: Forecast, b: Forecast): number {
  return a.dueAt.getTime() - b.dueAt.getTime() || byId(a, b)
}

function soonestFirst(a: PlannedEvent, b: PlannedEvent): number {
  return a.from.getTime() - b.from.getTime() || byId(a, b)
}
