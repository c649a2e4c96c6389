import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Client, createClient, type InValue, type ResultSet, type Transaction } from '@libsql/client'

export interface HranaServer {
  url: string
  pipelines: number // requests answered
  close(): Promise<void>
}

/** A libSQL server of the test's own: Hrana 2 over HTTP, the `v2/pipeline` address, on a file of its own, for whoever knows the token. */
export async function hranaServer(file: string, token: string): Promise<HranaServer> {
  const client = createClient({ url: `file:${file}`, concurrency: 1, intMode: 'bigint' })
  const line = { end: Promise.resolve() }
  const http = createServer((request, response) => {
    served.pipelines += 1
    line.end = line.end.then(() => answer(client, { request, response, token }))
  })
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening))
  const served: HranaServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    pipelines: 0,
    async close() {
      http.closeAllConnections()
      await new Promise((closed) => http.close(closed))
      client.close()
    },
  }
  return served
}

// The part of the protocol that the client speaks: every stream is opened, used and closed within one request.
type Value =
  | { type: 'null' }
  | { type: 'integer' | 'text'; value: string }
  | { type: 'float'; value: number }
  | { type: 'blob'; base64: string }
interface Stmt {
  sql?: string
  sql_id?: number
  args?: Value[]
  named_args?: { name: string; value: Value }[]
}
type Cond = { type: 'ok' | 'error'; step: number } | { type: 'not'; cond: Cond } | { type: 'and' | 'or'; conds: Cond[] }
interface Step {
  condition?: Cond
  stmt: Stmt
}
type StreamRequest =
  | { type: 'close' }
  | { type: 'execute'; stmt: Stmt }
  | { type: 'batch'; batch: { steps: Step[] } }
  | { type: 'store_sql'; sql_id: number; sql: string }
  | { type: 'close_sql'; sql_id: number }
interface Stream {
  client: Client
  transaction: Transaction | null
  stored: Map<number, string>
}
interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  token: string
}

async function answer(client: Client, { request, response, token }: Exchange): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const known = request.headers.authorization === `Bearer ${token}`
  if (!known || request.url !== '/v2/pipeline') {
    response.writeHead(known ? 404 : 401).end(known ? 'no such address' : 'who are you?')
    return
  }
  const { requests } = JSON.parse(Buffer.concat(chunks).toString()) as { requests: StreamRequest[] }
  const stream: Stream = { client, transaction: null, stored: new Map() }
  const results: unknown[] = []
  for (const asked of requests) results.push(await respond(stream, asked))
  await stream.transaction?.rollback()
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ baton: null, base_url: null, results }))
}

async function respond(stream: Stream, asked: StreamRequest): Promise<unknown> {
  try {
    return { type: 'ok', response: { type: asked.type, ...(await resultOf(stream, asked)) } }
  } catch (error) {
    return { type: 'error', error: inHrana(error) }
  }
}

async function resultOf(stream: Stream, asked: StreamRequest): Promise<{ result?: unknown }> {
  if (asked.type === 'execute') return { result: resultRows(await run(stream, asked.stmt)) }
  if (asked.type === 'batch') return { result: await runSteps(stream, asked.batch.steps) }
  if (asked.type === 'store_sql') stream.stored.set(asked.sql_id, asked.sql)
  if (asked.type === 'close_sql') stream.stored.delete(asked.sql_id)
  return {}
}

async function runSteps(stream: Stream, steps: readonly Step[]): Promise<unknown> {
  const results: unknown[] = []
  const errors: unknown[] = []
  for (const [at, { condition, stmt }] of steps.entries()) {
    results[at] = null
    errors[at] = null
    if (condition && !holds(condition, results, errors)) continue
    try {
      results[at] = resultRows(await run(stream, stmt))
    } catch (error) {
      errors[at] = inHrana(error)
    }
  }
  return { step_results: results, step_errors: errors }
}

function holds(cond: Cond, results: readonly unknown[], errors: readonly unknown[]): boolean {
  switch (cond.type) {
    case 'ok':
      return results[cond.step] !== null
    case 'error':
      return errors[cond.step] !== null
    case 'not':
      return !holds(cond.cond, results, errors)
    case 'and':
      return cond.conds.every((one) => holds(one, results, errors))
    case 'or':
      return cond.conds.some((one) => holds(one, results, errors))
  }
}

async function run(stream: Stream, stmt: Stmt): Promise<ResultSet> {
  const sql = stmt.sql ?? stream.stored.get(stmt.sql_id ?? -1) ?? ''
  const none = {
    columns: [],
    columnTypes: [],
    rows: [],
    rowsAffected: 0,
    lastInsertRowid: undefined,
    toJSON: () => null,
  }
  if (/^\s*begin/i.test(sql)) {
    stream.transaction = await stream.client.transaction(/immediate/i.test(sql) ? 'write' : 'deferred')
    return none
  }
  if (/^\s*(commit|rollback)\s*$/i.test(sql)) {
    const ending = stream.transaction
    stream.transaction = null
    await (/commit/i.test(sql) ? ending?.commit() : ending?.rollback())
    return none
  }
  const named = (stmt.named_args ?? []).map(({ name, value }) => [name, fromValue(value)] as const)
  const args = named.length > 0 ? Object.fromEntries(named) : (stmt.args ?? []).map(fromValue)
  return (stream.transaction ?? stream.client).execute({ sql, args })
}

function resultRows({ columns, columnTypes, rows, rowsAffected, lastInsertRowid }: ResultSet): unknown {
  return {
    cols: columns.map((name, at) => ({ name, decltype: columnTypes[at] || null })),
    rows: rows.map((row) => Array.from({ length: columns.length }, (_, at) => toValue(row[at]))),
    affected_row_count: rowsAffected,
    last_insert_rowid: lastInsertRowid === undefined ? null : String(lastInsertRowid),
  }
}

function fromValue(value: Value): InValue {
  if (value.type === 'null') return null
  if (value.type === 'integer') return BigInt(value.value)
  return value.type === 'blob' ? Buffer.from(value.base64, 'base64') : value.value
}

function toValue(value: unknown): Value {
  if (value === null || value === undefined) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  if (value instanceof ArrayBuffer) return { type: 'blob', base64: Buffer.from(value).toString('base64') }
  return { type: 'text', value: String(value) }
}

function inHrana(error: unknown): { message: string; code: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
  return { message: error instanceof Error ? error.message : String(error), code }
}
