import type { Context } from 'hono'
import type { Voice } from '../meeting/say.ts'
import type { Env } from './house.ts'

/** A whole page. */
export async function show(c: Context<Env>, page: { toString(): string | Promise<string> } | null): Promise<Response> {
  return c.html(`<!doctype html>${await page?.toString()}`)
}

/** After a deed, back to where its form stood. htmx follows too, and takes of that page what changed. */
export async function answer(c: Context<Env>, path: string): Promise<Response> {
  const { back } = await words(c)
  return c.redirect(back !== undefined && isOwnPath(back) ? back : path, 303)
}

/** The words of a form, trimmed. A field left empty is absent, a file is no word, of a field sent twice the last counts. */
export async function words(c: Context<Env>): Promise<Partial<Record<string, string>>> {
  const fields = Object.entries(await c.req.parseBody())
  return Object.fromEntries(
    fields.flatMap(([name, said]) => (typeof said === 'string' && said.trim() !== '' ? [[name, said.trim()]] : [])),
  )
}

/** Who speaks, at the instant of the request. */
export function voice(c: Context<Env>): Voice {
  return { by: c.var.by || 'the room', at: c.var.now }
}

/** A path of this house: '//elsewhere' and '/\elsewhere' are addresses of other houses. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)
}
