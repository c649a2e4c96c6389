import { randomBytes } from 'node:crypto'
import { factory, type House } from './house.ts'
import { routeOf } from './route-of.ts'

/** A request as the log tells it: by its route and by who asked, never by what stood in it. */
export interface RequestLine {
  request: string
  route: string
  status: number
  ms: number
  asker: string
}
const mostPerSecond = 50

/**
 * Every deed and every refusal is a line; what was only read, and what tools deliver, is not. In a flood the lines are counted
 * instead, so that nobody fills the disk by being refused.
 */
export function requestLines({ now, tell }: Pick<House, 'now' | 'tell'>) {
  const second = { at: 0, told: 0 }
  const counter = { prefix: randomBytes(4).toString('hex'), last: 0 }

  return factory.createMiddleware(async (c, next) => {
    const request = `${counter.prefix}-${(++counter.last).toString(36)}`
    c.set('request', request)
    const begun = now().getTime()
    await next()
    const { status } = c.res
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
    const isDelivered = c.req.path.startsWith('/sources/') && status < 400
    if (!tell || isDelivered || (isRead && status < 400)) return

    if (begun - second.at >= 1000) Object.assign(second, { at: begun, told: 0 })
    if (++second.told > mostPerSecond) return
    const route = routeOf(c) ?? `${c.req.method} nothing`
    tell({ request, route, status, ms: now().getTime() - begun, asker: c.var.asker?.kind ?? 'nobody' })
  })
}
