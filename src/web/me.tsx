import type { Context } from 'hono'
import { MePage } from '../../views/me.tsx'
import { paths } from '../../views/paths.ts'
import { passkeysOf } from '../record/passkeys.ts'
import { endSession, listSessions } from '../record/sessions.ts'
import { answer, show } from './answer.ts'
import { around } from './around.ts'
import { type Env, factory } from './house.ts'

/** One's own sessions, and nobody else's. */
export const me = factory
  .createApp()
  .get('/', page)
  .post('/sessions/ending', endOthers)
  .post('/sessions/:id/ending', endOne)

async function page(c: Context<Env>): Promise<Response> {
  const { db, now, asker } = c.var
  const sessions = asker.kind === 'person' ? await listSessions(db, { personId: asker.id }, now) : []
  const own = asker.kind === 'person' ? { roles: asker.roles, here: asker.session } : { roles: [], here: null }
  const passkeys = asker.kind === 'person' ? await passkeysOf(db, asker.id) : []
  return show(c, <MePage around={await around(c)} sessions={sessions} passkeys={passkeys} {...own} />)
}

async function endOne(c: Context<Env>): Promise<Response> {
  const { db, now, asker, from } = c.var
  if (asker.kind !== 'person') return c.notFound()

  const which = { id: c.req.param('id') ?? '', personId: asker.id }
  const wasThere = await endSession(db, which, { at: now, by: asker.id, from })
  return wasThere ? answer(c, paths.me) : c.notFound()
}

async function endOthers(c: Context<Env>): Promise<Response> {
  const { db, now, asker, from } = c.var
  if (asker.kind !== 'person') return c.notFound()

  const sessions = await listSessions(db, { personId: asker.id }, now)
  for (const { id } of sessions.filter(({ id }) => id !== asker.session))
    await endSession(db, { id, personId: asker.id }, { at: now, by: asker.id, from })
  return answer(c, paths.me)
}
