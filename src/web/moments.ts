import { parseInstant } from '../calendar.ts'
import { refuse } from './faults.tsx'
import { factory, type House } from './house.ts'

/** One instant for each request, taken at the edge. Words of one instant follow each other on the record by their rank. */
export function moments({ now }: Pick<House, 'now'>) {
  return factory.createMiddleware(async (c, next) => {
    const at = now()
    c.set('now', at)
    c.set('asOf', at)
    await next()
  })
}

/** ?at=INSTANT asks for the past as it stood. */
export const asOf = factory.createMiddleware(async (c, next) => {
  const asked = c.req.query('at')
  if (asked === undefined || asked === '') return next()

  const at = instantOrFault(asked, c.var.settings.rhythm.zone)
  if (typeof at === 'string') {
    const errors = [{ field: 'at', fault: at, mend: 'Write an instant, for example 2026-11-23T09:00:00+01:00' }]
    return refuse(c, 400, { title: 'That is no instant to look back to', errors })
  }
  c.set('asOf', at)
  await next()
})

/** An instant, or a local date and time of the zone; else what is wrong with it. */
export function instantOrFault(text: string, zone: string): Date | string {
  try {
    return parseInstant(text, zone)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
