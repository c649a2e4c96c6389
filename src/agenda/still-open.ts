import type { Facts, Incident } from '../record/shapes.ts'
import { showIncidents, titleOf } from './alike.ts'
import { isNewsOf, isOpen } from './gravity.ts'
import type { Item } from './shapes.ts'
import type { Shown } from './shown.ts'

/** Open since before the window, and nobody did anything about it since. */
export function stillOpenItems({ incidents, window }: Facts): Shown {
  return showIncidents(
    incidents.filter((incident) => isOpen(incident) && !isNewsOf(incident, window)),
    asItem,
  )
}

function asItem({ id, title, service, severity, startedAt, mitigatedAt, customerMinutes, ownerId }: Incident): Item {
  return {
    subject: { kind: 'incident', id },
    title: titleOf({ title, service }),
    reason: { kind: 'still open', severity, since: startedAt, mitigatedAt, unowned: ownerId === null, customerMinutes },
    ownerId,
  }
}
