import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { aMinute } from '../calendar.ts'
import { type Env, factory, type House } from './house.ts'

interface Kept {
  version: number
  until: number
  headers: Record<string, string>
  bytes: Uint8Array<ArrayBuffer>
  squeezed: Partial<Record<Encoding, Uint8Array<ArrayBuffer>>>
}
// At this quality brotli is as quick as gzip, and a tenth smaller.
const brisk = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
}
const squeeze = {
  br: (page: Uint8Array) => brotliCompressSync(page, brisk),
  gzip: (page: Uint8Array) => gzipSync(page),
}
type Encoding = keyof typeof squeeze
const mostPages = 100
const mostBytes = 512 * 1024

/**
 * A page stays as it was rendered until the record changes or the minute turns: none is behind the record, none more than a
 * minute behind the clock. Whoever asks while it is being rendered shares that rendering. Its nonce stays with it, which is safe:
 * all that stands in a page was there before its nonce was drawn, and whatever is written later makes another rendering.
 */
export function keptPages({ db, now }: Pick<House, 'db' | 'now'>) {
  const pages = new Map<string, Kept>()
  const beingMade = new Map<string, Promise<Kept | null>>()

  return factory.createMiddleware(async (c, next) => {
    if (c.req.method !== 'GET') return next()

    const key = keyOf(c)
    const version = db.version
    const at = now().getTime()
    const kept = pages.get(key)
    if (kept && kept.version === version && at < kept.until) return respond(c, kept)

    const making = `${version} ${at - (at % aMinute)} ${key}`
    const shared = await beingMade.get(making)
    if (shared) return respond(c, shared)

    const rendering = next().then(() => keepable(c, { version, until: at - (at % aMinute) + aMinute }))
    beingMade.set(making, rendering)
    const made = await rendering.finally(() => beingMade.delete(making))
    if (made) {
      remember(pages, key, made)
      c.res = undefined
      c.res = respond(c, made)
    }
  })
}

// Two people see two pages, as do two tokens of one name, and one whose roles were changed; and a fragment is not a page.
function keyOf(c: Context<Env>): string {
  const { asker, by } = c.var
  const url = c.req.url
  return [
    url.slice(url.indexOf('/', url.indexOf('//') + 2)),
    c.req.header('hx-request') ?? '',
    c.req.header('accept')?.includes('json') ?? '',
    asker.kind,
    by,
    asker.kind === 'person' ? asker.roles.join() : asker.kind === 'token' ? asker.id : '',
    getCookie(c, 'theme') ?? '',
  ].join('\n')
}

async function keepable(c: Context<Env>, { version, until }: Pick<Kept, 'version' | 'until'>): Promise<Kept | null> {
  const isPage = c.res.status === 200 && c.res.headers.get('content-type')?.startsWith('text/html')
  const isShared = !c.var.personal && c.var.asker.kind !== 'anonymous' && !c.res.headers.has('set-cookie')
  if (!isPage || !isShared) return null

  c.res.headers.delete('x-request-id') // of one request, and many are given this page
  const headers = { ...Object.fromEntries(c.res.headers), vary: 'accept-encoding, hx-request, cookie' }
  return { version, until, headers, bytes: new Uint8Array(await c.res.arrayBuffer()), squeezed: {} }
}

function remember(pages: Map<string, Kept>, key: string, kept: Kept): void {
  pages.delete(key)
  if (kept.bytes.length <= mostBytes) pages.set(key, kept)
  if (pages.size > mostPages) pages.delete(pages.keys().next().value ?? key)
}

function respond(c: Context<Env>, kept: Kept): Response {
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = (['br', 'gzip'] as const).find((known) => accepted.includes(known))
  if (!encoding) return new Response(kept.bytes, { headers: kept.headers })

  kept.squeezed[encoding] ??= new Uint8Array(squeeze[encoding](kept.bytes))
  return new Response(kept.squeezed[encoding], { headers: { ...kept.headers, 'content-encoding': encoding } })
}
