import type { Context } from 'hono'
import { words } from './answer.ts'
import { type Env, factory } from './house.ts'
import { inTurn } from './in-turn.ts'

/**
 * Finds what the address names, or answers 404; then `act` has it in hand. Who would change it waits until whoever changes it
 * has done so, and finds it as it stands then.
 */
export function found<Thing>(
  find: (c: Context<Env>, id: string) => Promise<Thing | undefined>,
  act: (c: Context<Env>, thing: Thing) => Promise<Response>,
) {
  return factory.createHandlers(async (c) => {
    const id = c.req.param('id') ?? ''
    const findAndAct = async () => {
      const thing = await find(c, id)
      return thing === undefined ? c.notFound() : act(c, thing)
    }
    if (c.req.method !== 'POST') return findAndAct()

    await words(c) // nobody waits for a form that is still on its way
    return inTurn(c, `${c.req.path.split('/')[1]} ${id}`, findAndAct)
  })
}
