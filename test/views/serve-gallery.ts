import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { assets, readAssets } from '../../src/web/assets.ts'
import { someAround, viewsOf } from './gallery.tsx'
import { mornings } from './mornings.ts'

const policy =
  "default-src 'none'; script-src 'nonce-nonce'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types htmx"

/** Every view of every morning at /MORNING/VIEW, under the policy of the house, on a free port. */
export async function serveGallery() {
  const read = readAssets()
  const app = new Hono()
  app.get('/assets/*', ...(assets(read) as never as [never]))
  const paths: string[] = []
  for (const [name, morning] of Object.entries(mornings)) {
    const around = someAround({
      assets: read.addresses,
      people: morning.facts.people,
      me: morning.facts.people[0] ?? null,
    })
    for (const [view, render] of Object.entries(viewsOf(morning, around))) {
      const path = `/${name}/${encodeURIComponent(view)}`
      paths.push(path)
      app.get(path, async (c) => c.html(await render(), 200, { 'content-security-policy': policy }))
    }
  }
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return { address: `http://127.0.0.1:${port}`, paths, close: () => server.close() }
}
