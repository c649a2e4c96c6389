import type { Context } from 'hono'
import { problem } from './faults.tsx'
import type { Env } from './house.ts'

const deepest = 64

/** The body as JSON, else the refusal: 415 for another type, 400 for what cannot be read. */
export async function jsonBody(c: Context<Env>): Promise<{ json: unknown } | { refused: Response }> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type !== 'application/json' && !/^application\/[\w.-]+\+json$/.test(type)) {
    const mend = 'Send it with Content-Type: application/json'
    return { refused: problem(c, 415, { title: `${type || 'No type'} is not read here`, mend }) }
  }
  const read = parsed(await c.req.text())
  if ('fault' in read) return { refused: problem(c, 400, { title: 'The body is not JSON', mend: read.fault }) }
  if (isDeeperThan(deepest, read.json))
    return { refused: problem(c, 400, { title: `Nested deeper than ${deepest} levels`, mend: 'Send it flatter' }) }
  return read
}

function parsed(text: string): { json: unknown } | { fault: string } {
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    return { fault: error instanceof Error ? error.message.slice(0, 200) : 'It cannot be read' }
  }
}

function isDeeperThan(levels: number, json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false
  if (levels === 0) return true
  return Object.values(json).some((inner) => isDeeperThan(levels - 1, inner))
}
