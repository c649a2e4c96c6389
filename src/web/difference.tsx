import type { Context } from 'hono'
import { DifferencePage } from '../../views/difference.tsx'
import { differenceOf } from '../agenda/difference.ts'
import { dueDayBefore, isDay } from '../calendar.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import { refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { morningOf } from './mornings.tsx'

/** What is otherwise on one morning than on another: ?with= a day, else the morning before. */
export const difference = factory.createHandlers(async (c: Context<Env>) => {
  const day = c.req.param('day') ?? ''
  if (!isDay(day)) return c.notFound()

  const other = c.req.query('with') || dueDayBefore(day, c.var.settings.rhythm)
  const [earlier = day, later = day] = [day, other].sort()
  const [before, after] = [await morningOf(c, earlier), await morningOf(c, later)]
  if (!before || !after) {
    const missing = before ? later : earlier
    return refuse(c, 404, { title: `There was no meeting on ${missing}`, mend: 'Choose a day on which one was due' })
  }
  const page = {
    earlier: { day: earlier, asOf: before.agenda.asOf },
    later: { day: later, asOf: after.agenda.asOf },
    difference: differenceOf(before.agenda, after.agenda),
  }
  return show(c, <DifferencePage around={await around(c)} {...page} />)
})
