import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
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
const mostConnections = 1_500

/** Listens for requests. Throws CannotListenError. port 0 = any free one. */
export async function listen(app: Served, { host, port }: { host: string; port: number }): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: limits }) as Server
  server.maxConnections = mostConnections
  const streams = liveStreams(server)
  await new Promise<void>((listening, failed) => {
    server.once('error', (error) => failed(cannotListen(error, host, port)))
    server.listen(port, host, listening)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: (graceMs) => stop(server, streams, graceMs),
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

// A live stream never ends by itself; it would hold the server until the grace is over.
function liveStreams(server: Server): Set<ServerResponse> {
  const streams = new Set<ServerResponse>()
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.headers.accept?.includes('text/event-stream')) return
    streams.add(response)
    response.once('close', () => streams.delete(response))
  })
  return streams
}

async function stop(server: Server, streams: ReadonlySet<ServerResponse>, graceMs: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()))
  server.closeIdleConnections()
  for (const stream of streams) stream.destroy()
  const hangUp = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(hangUp)
}
