import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { type DeliveryLine, findDelivery, rawDelivery } from '../record/deliveries.ts'
import { messageOf } from '../record/faults.ts'
import type { RegisteredSource } from '../record/sources.ts'
import { adapterNamed } from '../sources/registry.ts'
import { type Remark, UnreadableDelivery } from '../sources/source.ts'
import { answer } from './answer.ts'
import { refuse } from './faults.tsx'
import type { Env } from './house.ts'

type Remarked = DeliveryLine & { remark?: Remark | null }

/** With what a tool asks of people in a delivery that is no fact. */
export async function remarked(
  c: Context<Env>,
  source: RegisteredSource,
  lines: readonly DeliveryLine[],
): Promise<Remarked[]> {
  if (!adapterNamed(source.adapter)?.remark) return [...lines]
  return Promise.all(
    lines.map(async (line) => (line.facts === 0 ? { ...line, remark: await remarkOn(c, source, line) } : line)),
  )
}

/** Asks the address that a delivery gives for a yes: only one of the tool's own, and only by the guarded way out. */
export async function confirm(c: Context<Env>, source: RegisteredSource): Promise<Response> {
  const line = await findDelivery(c.var.db, c.req.param('delivery') ?? '')
  const url = line?.source === source.name ? (await remarkOn(c, source, line))?.url : null
  if (!url) return c.notFound()
  try {
    const { status } = await c.var.house.outgoing.ask({ url }, c.var.now)
    if (status < 300) return answer(c, paths.source(source.name))
    return refused(c, `it answered ${status}`)
  } catch (error) {
    return refused(c, messageOf(error))
  }
}

function refused(c: Context<Env>, why: string): Promise<Response> {
  return refuse(c, 502, { title: `That could not be confirmed: ${why}`, mend: 'Let the topic ask again, then confirm' })
}

async function remarkOn(c: Context<Env>, { adapter }: RegisteredSource, line: DeliveryLine): Promise<Remark | null> {
  const body = await rawDelivery(c.var.db, line.id)
  try {
    return (body && adapterNamed(adapter)?.remark?.({ ...line, body })) ?? null
  } catch (error) {
    if (error instanceof UnreadableDelivery) return null
    throw error
  }
}
