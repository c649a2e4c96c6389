import type { IncomingMessage, ServerResponse } from 'node:http'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { refuse } from './faults.tsx'
import { hangUpWhenEnded } from './hanging-up.ts'
import { type Env, factory } from './house.ts'

/**
 * What changes, as it changes: server-sent events. `since` is where the page that listens stood when it was made; a browser
 * that comes back says by Last-Event-ID what it heard last. The bytes go past Hono to the socket: a frame is the same for all.
 */
export const live = factory.createHandlers(async (c) => {
  const outgoing = outgoingOf(c)
  const socket = outgoing?.socket
  if (!outgoing || !socket) return refuse(c, 501, { title: 'Live events need a connection of their own' })

  outgoing.removeHeader('transfer-encoding')
  outgoing.writeHead(200, headers)
  outgoing.flushHeaders()
  socket.setNoDelay(true)
  const leave = c.var.house.live.join({
    wire: socket,
    since: c.req.header('last-event-id') ?? c.req.query('since') ?? '',
    day: c.req.query('meeting') ?? '',
  })
  const unwatch = hangUpWhenEnded(c.var.db, c.var.asker, () => socket.destroy())
  socket.once('close', leave).once('close', unwatch)
  socket.on('error', leave)
  return RESPONSE_ALREADY_SENT.clone()
})

const headers = {
  'cache-control': 'no-store',
  connection: 'close',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'content-type': 'text/event-stream; charset=utf-8',
  'cross-origin-resource-policy': 'same-origin',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
}

// There where Hono runs on Node; not where a test asks the app itself.
function outgoingOf(c: Context<Env>): ServerResponse<IncomingMessage> | undefined {
  const env: unknown = c.env
  return typeof env === 'object' && env !== null && 'outgoing' in env ? (env.outgoing as ServerResponse) : undefined
}
