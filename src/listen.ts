import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'

export interface Listening {
  port: number
  /** Answers what is being asked, ends the live streams, takes nothing new; after `graceMs` it hangs up. */
  stop(graceMs: number): Promise<void>
}
export interface Served {
  fetch: (request: Request) => Response | Promise<Response>
}

/** The port was taken, or may not be had. */
export class CannotListenError extends Error {
  override name = 'CannotListenError'
}

// Measured: a thousand slow clients keep nobody waiting within these limits.
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
}
const usualConnections = 1_500

/** Listens for requests. Throws CannotListenError. port 0 = any free one. */
export async function listen(
  app: Served,
  { host, port, mostConnections = usualConnections }: { host: string; port: number; mostConnections?: number },
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: limits }) as Server
  server.maxConnections = mostConnections
  const traffic = watchTraffic(server)
  await new Promise<void>((listening, failed) => {
    server.once('error', (error) => failed(cannotListen(error, host, port)))
    server.listen(port, host, listening)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: (graceMs) => stop(server, traffic, graceMs),
  }
}

function cannotListen(error: Error, host: string, port: number): CannotListenError {
  const code = 'code' in error ? error.code : ''
  const why =
    code === 'EADDRINUSE'
      ? `is in use by another program. Stop it, or choose another port: PORT=${port + 1} npm start`
      : code === 'EACCES'
        ? 'may not be used by this user. Choose one above 1023: PORT=3000 npm start'
        : `cannot be listened on: ${error.message}`
  return new CannotListenError(`Port ${port} of ${host} ${why}`, { cause: error })
}

interface Traffic {
  sockets: Set<Socket>
  asking: Set<Socket>
  live: Set<Socket> // a live stream never ends by itself: it would hold the server until the grace is over
  stopping: boolean
}

function watchTraffic(server: Server): Traffic {
  const traffic: Traffic = { sockets: new Set(), asking: new Set(), live: new Set(), stopping: false }
  server.on('connection', (socket: Socket) => {
    traffic.sockets.add(socket)
    socket.once('close', () => traffic.sockets.delete(socket))
  })
  server.prependListener('request', ({ socket, headers }: IncomingMessage, response: ServerResponse) => {
    const kind = headers.accept?.includes('text/event-stream') ? traffic.live : traffic.asking
    kind.add(socket)
    response.once('close', () => {
      kind.delete(socket)
      if (traffic.stopping) socket.destroySoon()
    })
  })
  return traffic
}

async function stop(server: Server, traffic: Traffic, graceMs: number): Promise<void> {
  traffic.stopping = true
  const closed = new Promise<void>((done) => server.close(() => done()))
  for (const socket of traffic.sockets) if (!traffic.asking.has(socket)) socket.destroy()
  const hangUp = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(hangUp)
}
