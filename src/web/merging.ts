import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { say } from '../meeting/say.ts'
import { findIncident } from '../record/incidents.ts'
import { wouldCircle } from '../record/merged.ts'
import type { Incident } from '../record/shapes.ts'
import { answer, voice, words } from './answer.ts'
import type { Env } from './house.ts'
import { missing, unfit } from './wanting.ts'

/** One cause, one incident: `into` is the one it is part of. */
export async function merge(c: Context<Env>, { id }: Incident): Promise<Response> {
  const { db } = c.var
  const { into, why = '' } = await words(c)
  if (!into) return missing(c, 'into', 'Choose the incident that it is part of')
  const whole = await findIncident(db, into)
  if (!whole) return unfit(c, { field: 'into', fault: 'is no incident', mend: 'Choose one that is known here' })
  if (await wouldCircle(db, id, into))
    return unfit(c, { field: 'into', fault: 'is itself part of this one', mend: 'Split that one off first' })

  const { at, by } = voice(c)
  await say(c.var.db, [{ kind: 'incident-event', incidentId: id, at, event: 'merged-into', value: into, by, why }], {
    at,
    by,
  })
  return answer(c, paths.incident(id))
}

/** It is an incident of its own again. No rule merges it any more. */
export async function split(c: Context<Env>, { id, mergedInto }: Incident): Promise<Response> {
  if (mergedInto === null)
    return unfit(c, { field: 'incident', fault: 'is part of no other', mend: 'There is nothing to split' })

  const { at, by } = voice(c)
  const { why = '' } = await words(c)
  await say(
    c.var.db,
    [{ kind: 'incident-event', incidentId: id, at, event: 'split-from', value: mergedInto, by, why }],
    { at, by },
  )
  return answer(c, paths.incident(id))
}
