import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { aMinute } from '../../../src/calendar.ts'
import { openOutgoing } from '../../../src/outgoing.ts'
import type { Db } from '../../../src/record/db.ts'
import { findPull, savePull } from '../../../src/record/pulls.ts'
import { seal } from '../../../src/record/sealing.ts'
import { pullDue, tokenPurpose } from '../../../src/sources/pulling.ts'
import { daysAgo, morning, zone } from '../../support/morning.ts'
import { listening } from '../daemons.ts'

export const key = randomBytes(32)

/** A tool's API that answers by its path; what was asked is kept. */
export async function anApi(answers: (url: URL, request: IncomingMessage) => unknown) {
  const asked: string[] = []
  const { port, end } = await listening((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://tool')
    asked.push(`${url.pathname}${url.search}`)
    const answer = answers(url, request)
    if (answer === undefined) response.writeHead(404).end('{"error":"no such thing"}')
    else if (typeof answer === 'number') response.writeHead(answer).end('{"message":"not today"}')
    else if (answer !== null)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  return { url: `http://127.0.0.1:${port}`, asked, end }
}

export interface PullGiven {
  source?: string
  kind: string
  url: string
  options?: unknown
  token?: string
  everyMinutes?: number
}

/** A source that is asked from now on. */
export async function aPull(db: Db, { source, kind, url, options = {}, token, everyMinutes = 1 }: PullGiven) {
  const name = source ?? kind
  const sealed = token === undefined ? {} : { token: seal(key, token, tokenPurpose(name)) }
  const everyMs = everyMinutes * aMinute
  await savePull(db, { source: name, kind, url, options, everyMs, recordedAt: daysAgo(1), by: '', ...sealed })
  const outgoing = openOutgoing({ allow: ['127.0.0.0/8'], patienceMs: 500 })
  return {
    /** The minute strikes. */
    tick: (now = morning) => pullDue(db, { outgoing, key, zone, now }),
    standing: async () => findPull(db, name),
  }
}
