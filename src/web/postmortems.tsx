import { pathTo } from '../../views/paths.ts'
import { findIncident } from '../record/incidents.ts'
import { found } from './found.ts'
import { factory } from './house.ts'
import { list } from './lists.tsx'

/** A postmortem is read at its incident, until it has pages of its own. */
export const postmortems = factory
  .createApp()
  .get('/', ...list('postmortems'))
  .get(
    '/:id',
    ...found(
      (c, id) => findIncident(c.var.db, id, c.var.asOf),
      async (c, { id }) => c.redirect(`${pathTo({ kind: 'incident', id })}#postmortem`, 303),
    ),
  )
