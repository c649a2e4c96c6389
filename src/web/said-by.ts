import { saying } from '../record/saying.ts'
import { factory } from './house.ts'

/** Whatever a request changes, the past will say who asked for it and when. */
export const saidBy = factory.createMiddleware(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  return saying({ at: c.var.now, by: c.var.by, source: 'room' }, next)
})
