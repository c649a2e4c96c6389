import { parseInstant } from '../calendar.ts'
import { refuse } from './faults.tsx'
import { factory, type House } from './house.ts'

/**
 * One instant for each request. What is done is never done at the same instant as what was done before it, however short the
 * time between them or frozen the clock: the later word stands.
 */
export function moments({ now }: Pick<House, 'now'>) {
  const latest = { at: new Date(0) }

  return factory.createMiddleware(async (c, next) => {
    const isDeed = c.req.method !== 'GET' && c.req.method !== 'HEAD'
    const at = Math.max(now().getTime(), latest.at.getTime() + (isDeed ? 1 : 0))
    if (isDeed) latest.at = new Date(at)
    c.set('now', new Date(at))
    c.set('asOf', new Date(at))
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
