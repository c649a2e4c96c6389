import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { isKind } from '../sources/kinds.ts'
import { agendaJson } from './agenda-json.ts'
import { apiDocs } from './api-docs.tsx'
import { patch } from './api-patching.ts'
import { getMany, getOne } from './api-reading.ts'
import { post } from './api-writing.ts'
import { problem } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { morningAt } from './mornings.tsx'
import { openapi } from './openapi.ts'

const mostBytes = 2 * 1024 * 1024

export const api = factory
  .createApp()
  .use(bodyLimit({ maxSize: mostBytes, onError: tooBig }))
  .get('/openapi.json', (c) => c.json(openapi(c.var.settings)))
  .get('/docs', ...apiDocs)
  .get('/agenda', async (c) => c.json(agendaJson((await morningAt(c, { at: c.var.asOf })).agenda)))
  .get('/:kind', ...getMany)
  .post('/:kind', ...post)
  .all('/:kind', (c) => notAllowed(c, 'GET, HEAD, POST'))
  .get('/:kind/:id', ...getOne)
  .patch('/:kind/:id', ...patch)
  .all('/:kind/:id', (c) => notAllowed(c, 'GET, HEAD, PATCH'))

function tooBig(c: Context): Response {
  return problem(c, 413, { title: 'That is too big', mend: 'Send at most 2 MiB at once' })
}

function notAllowed(c: Context<Env>, allow: string): Response | Promise<Response> {
  const mend = `Here one may ${allow}`
  const title = `${c.req.method} is not possible here`
  return isKind(c.req.param('kind') ?? '') ? problem(c, 405, { title, mend, headers: { allow } }) : c.notFound()
}
