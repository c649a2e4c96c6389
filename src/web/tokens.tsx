import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { TokensPage } from '../../views/tokens.tsx'
import { aDay } from '../calendar.ts'
import { listTokens, makeToken, revokeToken, tokenCounts } from '../record/tokens.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { type Env, factory } from './house.ts'
import { everyScope, scopeFault } from './scopes.ts'
import { missing, unfit } from './wanting.ts'

export const tokens = factory
  .createApp()
  .get('/', (c) => page(c))
  .post('/', make)
  .post('/:id/revocation', revoke)

async function page(c: Context<Env>, fresh?: { name: string; secret: string }): Promise<Response> {
  const listed = await listTokens(c.var.db)
  const tokens = listed.map((token) => ({ ...token, counts: tokenCounts(token, c.var.now) }))
  return show(c, <TokensPage around={await around(c)} tokens={tokens} scopes={everyScope} {...(fresh && { fresh })} />)
}

/** `name`, `scopes` by spaces or commas, `days`. The page that answers tells the secret; no address ever does. */
async function make(c: Context<Env>): Promise<Response> {
  const { name, scopes = '', days } = await words(c)
  const wanted = [...new Set(scopes.split(/[\s,]+/).filter((scope) => scope !== ''))]
  const fault = wanted.map(scopeFault).find((found) => found !== null)
  if (!name) return missing(c, 'name', 'Say which program it is for')
  if (wanted.length === 0) return missing(c, 'scopes', 'Say what it may: incidents:read, changes:write')
  if (fault) return unfit(c, { field: 'scopes', fault, mend: 'Choose from the list' })
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days))
    return unfit(c, { field: 'days', fault: 'is no number of days', mend: 'Write 365, or leave it empty' })

  const { now, db, from } = c.var
  const expiresAt = days === undefined ? null : new Date(now.getTime() + Number(days) * aDay)
  const { secret } = await makeToken(db, { name: name.slice(0, 100), scopes: wanted, expiresAt, ...voice(c), from })
  return page(c, { name, secret })
}

async function revoke(c: Context<Env>): Promise<Response> {
  const wasThere = await revokeToken(c.var.db, c.req.param('id') ?? '', { ...voice(c), from: c.var.from })
  return wasThere ? answer(c, paths.tokens) : c.notFound()
}
