import { holds } from '../calendar.ts'
import type { Change, Facts } from '../record/shapes.ts'
import { titleOf } from './alike.ts'
import { byId } from './gravity.ts'
import { grouped } from './grouped.ts'
import type { Item } from './shapes.ts'
import { mostShown, type Shown } from './shown.ts'

/** `suspected`: change id -> ids of the incidents shown of which it is the suspect. */
export type Suspected = ReadonlyMap<string, string[]>

/**
 * What was changed in production, the newest first; one from before the window only when it is suspected. On a morning
 * with too many the suspects stay and the oldest others are held back.
 */
export function changeItems({ changes, window }: Facts, suspected: Suspected): Shown {
  const told = changes
    .filter(({ id, at, late }) => holds(window, at) || late || suspected.has(id))
    .toSorted(newestFirst)
  const shown = new Set(
    told.toSorted((a, b) => Number(suspected.has(b.id)) - Number(suspected.has(a.id))).slice(0, mostShown),
  )
  return {
    items: told.filter((change) => shown.has(change)).map((change) => asItem(change, suspected)),
    omitted: told.length - shown.size,
  }
}

/** Which changes the incidents on the agenda point at. */
export function suspectedBy(items: readonly Item[]): Suspected {
  const pointing = items.flatMap(({ subject, reason }) =>
    'suspectId' in reason && reason.suspectId !== null ? { changeId: reason.suspectId, incidentId: subject.id } : [],
  )
  const byChange = grouped(pointing, ({ changeId }) => changeId)
  return new Map([...byChange].map(([changeId, its]) => [changeId, its.map(({ incidentId }) => incidentId)]))
}

function asItem({ id, what, service, at, who, rolledBackAt, deniedAt, late }: Change, suspected: Suspected): Item {
  return {
    subject: { kind: 'change', id },
    title: titleOf({ title: what, service }),
    reason: {
      kind: 'changed',
      at,
      who,
      service,
      suspectOf: suspected.get(id) ?? [],
      rolledBack: rolledBackAt !== null,
      denied: deniedAt !== null,
      late,
    },
    ownerId: null,
  }
}

function newestFirst(a: Change, b: Change): number {
  return b.at.getTime() - a.at.getTime() || byId(a, b)
}
