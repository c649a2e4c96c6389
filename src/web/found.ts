import type { Context } from 'hono'
import { type Env, factory } from './house.ts'

/** Finds what the address names, or answers 404; then `act` has it in hand. */
export function found<Thing>(
  find: (c: Context<Env>, id: string) => Promise<Thing | undefined>,
  act: (c: Context<Env>, thing: Thing) => Promise<Response>,
) {
  return factory.createHandlers(async (c) => {
    const thing = await find(c, c.req.param('id') ?? '')
    return thing === undefined ? c.notFound() : act(c, thing)
  })
}
