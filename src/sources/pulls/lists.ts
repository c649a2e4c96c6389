import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { readAs, sinceOf } from './by-adapter.ts'
import { type Asking, type Fetched, PullFault } from './puller.ts'

export const page = 30 // an issue may be long, and an answer is at most 1 MiB
const mostPages = 5

const cursors = z.record(z.string(), z.string())

export interface List {
  key: string // what the cursor remembers it by
  path(since: Date, place: number, before: unknown): string // `before`: the answer to the page before
  headers: Record<string, string>
  /** The rows of an answer, each with the instant of its last change and how its tracker's webhook would tell it. */
  rows(json: unknown): { at: string; pushed: unknown }[] | undefined
}

/** What changed since the last round, oldest first, page by page: read as if the tracker had pushed it. */
export async function fetchLists(asking: Asking, lists: readonly List[], adapter: string): Promise<Fetched> {
  const parsed = cursors.safeParse(JSON.parse(asking.cursor ?? '{}'))
  const kept = parsed.success ? parsed.data : {}
  const facts: Fact[] = []
  const unfinished: string[] = []
  for (const list of lists) {
    const since = sinceOf(kept[list.key], asking.now)
    const before: { json: unknown } = { json: null }
    for (let place = 0; ; place++) {
      before.json = await asking.get(list.path(since, place, before.json), list.headers)
      const rows = list.rows(before.json)
      if (!rows) throw new PullFault('this is not the list that was asked for')
      facts.push(...rows.flatMap(({ pushed }) => readAs(adapter, asking, pushed)))
      if (rows.length < page) break
      if (place + 1 < mostPages) continue
      unfinished.push(list.key)
      kept[list.key] = `=${rows.at(-1)?.at ?? asking.now.toISOString()}`
      break
    }
    if (!unfinished.includes(list.key)) kept[list.key] = asking.now.toISOString()
  }
  return { facts, cursor: JSON.stringify(kept), more: unfinished.length > 0 }
}
