import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { PullPage } from '../../views/pull.tsx'
import { aMinute } from '../calendar.ts'
import { findPull, type Pull, savePull, stopPulling } from '../record/pulls.ts'
import { seal } from '../record/sealing.ts'
import { findSource, registerSource } from '../record/sources.ts'
import { tokenPurpose } from '../sources/pulling.ts'
import { optionsIn } from '../sources/pulls/options.ts'
import type { Puller } from '../sources/pulls/puller.ts'
import { pullerNamed, pullers } from '../sources/pulls/pullers.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { forMachines, refuse, type Wrong } from './faults.tsx'
import type { Env } from './house.ts'
import { jsonBody } from './json-body.ts'
import { notOneOf } from './wanting.ts'

const namePattern = /^[\w.-]{1,60}$/

/** How a source is asked, and how the last round went; for machines as JSON, never with the token. */
export async function pullPage(c: Context<Env>): Promise<Response> {
  const name = c.req.param('id') ?? ''
  if (!namePattern.test(name)) return c.notFound()
  const pull = await findPull(c.var.db, name)
  if (forMachines(c)) return pull ? c.json(shown(pull)) : c.notFound()

  const kind =
    c.req.query('kind') ??
    pull?.kind ??
    pullers.find((one) => name === one.kind || name.startsWith(`${one.kind}-`))?.kind
  const choices = pullers.map(({ kind, title, example, everyMinutes }) => ({ kind, title, example, everyMinutes }))
  return show(
    c,
    <PullPage
      around={await around(c)}
      source={name}
      pull={pull ? { ...shown(pull), kind: kind ?? pull.kind } : null}
      kind={kind ?? 'prometheus'}
      choices={choices}
      sealable={c.var.settings.key !== null}
    />,
  )
}

/** `kind`, `url`, `every` (minutes), `options` (YAML or JSON), `token`; as a form, or the same as JSON. */
export async function keepPull(c: Context<Env>): Promise<Response> {
  const { db, settings } = c.var
  const source = c.req.param('id') ?? ''
  if (!namePattern.test(source)) return c.notFound()
  const fields = await fieldsOf(c)
  if ('refused' in fields) return fields.refused
  const { said } = fields
  const puller = pullerNamed(said.kind ?? '')
  if (!puller)
    return notOneOf(
      c,
      'kind',
      pullers.map(({ kind }) => kind),
    )

  const judged = judge(said, puller)
  if ('wrong' in judged) return refuse(c, 422, { title: 'That could not be taken', errors: [judged.wrong] })
  const { token } = said
  if (token !== undefined && settings.key === null) {
    const wrong = {
      field: 'token',
      fault: 'cannot be kept without a key',
      mend: 'Start Muster with MUSTER_KEY, from: openssl rand -base64 32',
    }
    return refuse(c, 422, { title: 'That could not be taken', errors: [wrong] })
  }
  const { at, by } = voice(c)
  const known = await findSource(db, source)
  if (!known) await registerSource(db, { name: source, adapter: puller.kind, class: puller.class, recordedAt: at })
  const sealed = token !== undefined && settings.key ? { token: seal(settings.key, token, tokenPurpose(source)) } : {}
  await savePull(db, { source, kind: puller.kind, ...judged, recordedAt: at, by, ...sealed })
  return forMachines(c) ? c.json({ source, kind: puller.kind }, 201) : answer(c, paths.pull(source))
}

/** Not asked any more. What it told stays. */
export async function endPull(c: Context<Env>): Promise<Response> {
  const source = c.req.param('id') ?? ''
  await stopPulling(c.var.db, source)
  return answer(c, paths.pull(source))
}

type Fields = Partial<Record<string, string>>

async function fieldsOf(c: Context<Env>): Promise<{ said: Fields } | { refused: Response }> {
  if (!(c.req.header('content-type') ?? '').includes('json')) return { said: await words(c) }
  const read = await jsonBody(c)
  if ('refused' in read) return read
  const entries = Object.entries(typeof read.json === 'object' && read.json !== null ? read.json : {})
  return {
    said: Object.fromEntries(
      entries.map(([name, word]) => [name, typeof word === 'string' ? word : JSON.stringify(word)]),
    ),
  }
}

function judge(said: Fields, puller: Puller): { url: string; everyMs: number; options: unknown } | { wrong: Wrong } {
  const url = said.url ?? ''
  const every = Number(said.every ?? puller.everyMinutes)
  const isWeb = /^https?:\/\//i.test(url) && URL.canParse(url) && !new URL(url).username
  if (!isWeb)
    return {
      wrong: { field: 'url', fault: 'is not the address of a tool', mend: 'Write https://prometheus.example.org' },
    }
  if (!(Number.isInteger(every) && every >= 1 && every <= 1440))
    return { wrong: { field: 'every', fault: 'is not a number of minutes', mend: 'Write 5, at most 1440' } }

  const options = optionsIn(said.options ?? '', puller)
  return 'fault' in options
    ? { wrong: { field: 'options', ...options } }
    : { url, everyMs: every * aMinute, options: options.options }
}

function shown({ token, ...pull }: Pull) {
  return { ...pull, hasToken: token !== null }
}
