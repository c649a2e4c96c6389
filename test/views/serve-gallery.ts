import { serve } from '@hono/node-server'
import type { Context, Hono } from 'hono'
import type { Page } from 'playwright-core'
import { assets, readAssets } from '../../src/web/assets.ts'
import type { Env } from '../../src/web/house.ts'
import { someAround, viewsOf } from './gallery.tsx'
import { failingViews, refusal, tellRequests } from './gallery-failing.tsx'
import { mornings } from './mornings.ts'

const policy =
  "default-src 'none'; script-src 'nonce-nonce'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types htmx"

/** One view of one state, where it is served, and what must be done until what it shows is seen. */
export interface Pictured {
  path: string
  state: string
  view: string
  act?: (page: Page) => Promise<void>
}

/** Every view of every morning at /MORNING/VIEW, what fails at /failing/VIEW, under the policy of the house. */
export async function serveGallery(port = 0) {
  const read = readAssets()
  const house = { assets: read.addresses }
  const app = tellRequests(someAround(house))
  app.get('/assets/*', ...(assets(read) as never as [never]))
  const views: Pictured[] = []
  const show = (state: string, view: string, render: (c: Context<Env>) => Promise<string> | Promise<Response>) => {
    const path = `/${state}/${encodeURIComponent(view)}`
    views.push({ path, state, view })
    app.get(path, async (c) => {
      c.header('content-security-policy', policy)
      const rendered = await render(c)
      return typeof rendered === 'string' ? c.html(rendered) : rendered
    })
  }
  for (const [state, morning] of Object.entries(mornings)) {
    const { people } = morning.facts
    const around = someAround({ ...house, people, me: people[0] ?? null })
    for (const [view, render] of Object.entries(viewsOf(morning, around))) show(state, view, () => render())
  }
  const { people } = mornings.ordinary.facts
  for (const [view, { render, act }] of Object.entries(
    failingViews(someAround({ ...house, people, me: people[0] ?? null })),
  )) {
    show('failing', view, render)
    if (act) Object.assign(views.at(-1) ?? {}, { act })
  }
  // A line on which nothing is said, to the one view that lost its line not even that.
  app.get('/live', (c) =>
    c.req.query('projector-lost-link') === undefined
      ? c.body(new ReadableStream({ start: (line) => line.enqueue(new TextEncoder().encode(': quiet\n\n')) }), 200, {
          'content-type': 'text/event-stream',
        })
      : c.text('', 503),
  )
  app.post('*', async (c) => refusal(c, String((await c.req.parseBody()).back).split('/')[2]))
  app.get('/', (c) =>
    c.html(
      `<!doctype html><title>Gallery</title><ul>${views.map(({ path }) => `<li><a href="${path}">${path}</a>`).join('')}</ul>`,
    ),
  )
  return { ...(await listening(app, port)), views, paths: views.map(({ path }) => path) }
}

async function listening(app: Hono<Env>, port: number) {
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  return {
    address: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    close: () => {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}
