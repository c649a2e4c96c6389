import type { Context } from 'hono'
import { HooksPage } from '../../views/hooks.tsx'
import { paths } from '../../views/paths.ts'
import type { Message } from '../post/message.ts'
import { addHook, listHooks, retireHook } from '../record/hooks.ts'
import { enter } from '../record/ledger.ts'
import { hookKinds } from '../record/schema.ts'
import { answer, show, words } from './answer.ts'
import { around } from './around.ts'
import type { Env } from './house.ts'
import { factory } from './house.ts'
import { missing, unfit } from './wanting.ts'

/** Rooms and programs that are told. */
export const hooks = factory
  .createApp()
  .get('/', async (c) =>
    show(
      c,
      <HooksPage around={await around(c)} hooks={await listHooks(c.var.db)} canKeep={c.var.settings.key !== null} />,
    ),
  )
  .post('/', add)
  .post('/:id/trial', trial)
  .post('/:id/retirement', async (c) => {
    await retireHook(c.var.db, c.req.param('id'), c.var.now)
    return answer(c, paths.hooks)
  })

async function add(c: Context<Env>): Promise<Response> {
  const { db, settings, now, by } = c.var
  const { name, kind: said, url, secret = null, time = '07:00', ...rest } = await words(c)
  const kind = hookKinds.find((one) => one === said)
  if (!name) return missing(c, 'name', 'Say what it is called')
  if (!kind)
    return unfit(c, { field: 'kind', fault: 'that is no kind we tell', mend: `One of ${hookKinds.join(', ')}` })
  if (!url || !isAddress(url))
    return unfit(c, { field: 'url', fault: 'that is no https address', mend: 'Copy it from where it was made' })
  if (kind === 'signed' && !isSecret(secret))
    return unfit(c, {
      field: 'secret',
      fault: 'that is no secret of 24 to 64 bytes',
      mend: 'whsec_ and base64, as its program shows it',
    })
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    return unfit(c, { field: 'time', fault: `${time} is no time of day`, mend: 'Write 07:00' })
  if (settings.key === null)
    return unfit(c, {
      field: 'url',
      fault: 'its address cannot be kept without MUSTER_KEY',
      mend: 'Set it, and start anew',
    })

  const tells = ['digest', 'exposures'].filter((one) => rest[`tells.${one}`])
  await addHook(db, settings.key, {
    name,
    kind,
    url,
    secret: kind === 'signed' ? secret : null,
    tells,
    time,
    at: now,
    by,
  })
  return answer(c, paths.hooks)
}

/** Goes the way of every other message, so that what it proves is true of them. */
async function trial(c: Context<Env>): Promise<Response> {
  const { db, settings, now } = c.var
  const hook = (await listHooks(db)).find(({ id }) => id === c.req.param('id'))
  if (!hook) return c.notFound()

  const content: Message = {
    type: 'trial',
    title: 'A trial from Muster',
    parts: [{ title: 'It works', words: `${hook.name} will be told here.` }],
    url: new URL(paths.morning, settings.publicUrl).href,
    at: now.toISOString(),
    about: {},
  }
  const id = `trial:${hook.id}:${now.getTime()}`
  await enter(db, [], [{ id, channel: 'chat', kind: 'trial', to: hook.id, content, dueAt: now, madeAt: now }])
  return answer(c, paths.letters)
}

function isAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && url.length < 2000
}

function isSecret(secret: string | null): boolean {
  const bytes = Buffer.from((secret ?? '').replace(/^whsec_/, ''), 'base64').length
  return bytes >= 24 && bytes <= 64
}
