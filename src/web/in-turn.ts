import type { Context } from 'hono'
import type { Db } from '../record/db.ts'
import type { Env } from './house.ts'

const queues = new WeakMap<Db, Map<string, Promise<Response>>>()

/**
 * What several decide of one thing at once is decided one after the other: whoever comes later finds what was said before, and
 * speaks after it. `thing`: what it is known by. Never asked from within `work`: it would wait for itself.
 */
export async function inTurn(c: Context<Env>, thing: string, work: () => Promise<Response>): Promise<Response> {
  const queue = queues.get(c.var.db) ?? new Map<string, Promise<Response>>()
  queues.set(c.var.db, queue)
  const speak = () => speakingNow(c, work)
  const before = queue.get(thing)
  const mine = before ? before.then(speak, speak) : speak()
  queue.set(thing, mine)
  try {
    return await mine
  } finally {
    if (queue.get(thing) === mine) queue.delete(thing)
  }
}

async function speakingNow(c: Context<Env>, work: () => Promise<Response>): Promise<Response> {
  const looksBack = c.var.asOf < c.var.now
  c.set('now', c.var.house.now())
  if (!looksBack) c.set('asOf', c.var.now)
  return work()
}
