import { z } from 'zod'
import { parseInstant } from '../../calendar.ts'
import type { Fact } from '../../record/fact.ts'
import { authorization, readAs, sinceOf } from './by-adapter.ts'
import { type Puller, PullFault } from './puller.ts'

const tables = ['incident', 'problem', 'change_request'] as const
const page = 100
const mostPages = 5
const shape = z.looseObject({ result: z.array(z.looseObject({ sys_updated_on: z.unknown() })) })
const fields = [
  'number,sys_id,sys_class_name,short_description,state,incident_state,problem_state,priority,type,business_service,cmdb_ci',
  'assignment_group,assigned_to,location,opened_at,opened_by,sys_created_on,sys_updated_on,resolved_at,resolved_by,closed_at',
  'closed_by,close_code,problem_id,reopen_count,reopened_time,work_start,start_date,description',
].join(',')

/** ServiceNow's table API: what was updated since the last round, oldest first, of each table. */
export const servicenowTables: Puller = {
  kind: 'servicenow',
  title: 'ServiceNow: incidents, problems and changes over the table API',
  class: 'manual',
  everyMinutes: 5,
  options: z.strictObject({
    tables: z
      .array(z.enum(tables))
      .min(1)
      .optional()
      .default([...tables]),
    query: z.string().max(1_000).optional(),
  }),
  example: 'tables: [incident, problem, change_request]\nquery: assignment_group.name=Shop',

  async fetch(asking) {
    const asked = asking.options as { tables: string[]; query?: string } // as the schema above gave them
    const kept = z
      .record(z.string(), z.string())
      .catch({})
      .parse(JSON.parse(asking.cursor ?? '{}'))
    const facts: Fact[] = []
    const unfinished = new Set<string>()
    for (const table of asked.tables) {
      const since = sinceOf(kept[table], asking.now).toISOString().slice(0, 19).replace('T', ' ')
      const where = [`sys_updated_on>=${since}`, ...(asked.query ? [asked.query] : []), 'ORDERBYsys_updated_on'].join(
        '^',
      )
      const seen = { last: asking.now.toISOString() }
      for (let place = 0; place < mostPages; place++) {
        const words = {
          sysparm_query: where,
          sysparm_limit: `${page}`,
          sysparm_offset: `${place * page}`,
          sysparm_display_value: 'all',
          sysparm_fields: fields,
        }
        const parsed = shape.safeParse(
          await asking.get(`api/now/table/${table}?${new URLSearchParams(words)}`, authorization(asking.token)),
        )
        if (!parsed.success) throw new PullFault('this is not what the table API of ServiceNow answers')
        const { result } = parsed.data
        facts.push(
          ...readAs('servicenow', asking, { result: result.map((record) => ({ ...record, sys_class_name: table })) }),
        )
        if (result.length < page) break
        if (place + 1 < mostPages) continue
        unfinished.add(table)
        const last = instantIn(result.at(-1)?.sys_updated_on)
        if (last) seen.last = `=${last}`
      }
      kept[table] = seen.last
    }
    return { facts, cursor: JSON.stringify(kept), more: unfinished.size > 0 }
  },
}

// Stored values are UTC, whatever the zone of whoever asks.
function instantIn(column: unknown): string | undefined {
  const text = typeof column === 'string' ? column : (column as { value?: unknown } | null)?.value
  return typeof text === 'string' ? parseInstant(text, 'UTC').toISOString() : undefined
}
