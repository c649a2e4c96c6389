import { bodyLimit } from 'hono/body-limit'
import { agendaJson } from './agenda-json.ts'
import { post } from './api-writing.ts'
import { problem } from './faults.tsx'
import { factory } from './house.ts'
import { morningAt } from './mornings.tsx'
import { openapi } from './openapi.ts'

const mostBytes = 2 * 1024 * 1024

export const api = factory
  .createApp()
  .use(
    bodyLimit({
      maxSize: mostBytes,
      onError: (c) => problem(c, 413, { title: 'Too big', mend: 'Send at most 2 MiB at once' }),
    }),
  )
  .get('/openapi.json', (c) => c.json(openapi(c.var.settings)))
  .get('/agenda', async (c) => c.json(agendaJson((await morningAt(c, c.var.asOf)).agenda)))
  .post('/:kind', ...post)
