import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'
import type { Assets } from '../../views/around.ts'
import { assetFiles } from './asset-files.ts'
import { factory } from './house.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const squeeze = { gzip: promisify(gzip), br: promisify(brotliCompress) }
type Encoding = keyof typeof squeeze

interface Asset {
  address: string
  type: string
  etag: string
  body: Buffer
  squeezed: Partial<Record<Encoding, Promise<Buffer>>>
}

interface ReadAssets {
  addresses: Assets
  found: (address: string) => Asset | undefined
}

/** Everything a page loads, read once, under a name that changes with its content. */
export function readAssets(): ReadAssets {
  const addresses = new Map<string, string>()
  const kept = new Map<string, Asset>()
  for (const [name, body] of [...assetFiles()].sort(leavesFirst)) {
    const asset = asAsset(name, pointing(name) ? pointAt(addresses, body) : body)
    addresses.set(name, asset.address)
    kept.set(asset.address, asset)
  }
  return { addresses: named(addresses), found: (address) => kept.get(address) }
}

/** Immutable for a year: another content is another address. */
export function assets({ found }: ReadAssets) {
  return factory.createHandlers(async (c) => {
    const asset = found(c.req.path)
    return asset ? serve(c, asset, 'public, max-age=31536000, immutable') : c.notFound()
  })
}

/** What a browser asks for where a page names no icon: JSON, text. */
export function favicon({ addresses, found }: ReadAssets) {
  return factory.createHandlers(async (c) => {
    const icon = found(addresses.icon)
    return icon ? serve(c, icon, 'public, max-age=86400') : c.notFound()
  })
}

async function serve(c: Context, asset: Asset, cacheControl: string): Promise<Response> {
  const headers: Record<string, string> = {
    'cache-control': cacheControl,
    'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    'content-type': asset.type,
    'cross-origin-resource-policy': 'same-origin',
    etag: asset.etag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  }
  if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304, headers)

  const encoding = encodingFor(c.req.header('accept-encoding'), asset)
  if (!encoding) return c.body(new Uint8Array(asset.body), 200, headers)

  return c.body(new Uint8Array(await squeezed(asset, encoding)), 200, { ...headers, 'content-encoding': encoding })
}

function leavesFirst([a]: [string, Buffer], [b]: [string, Buffer]): number {
  return Number(pointing(a)) - Number(pointing(b))
}

function pointing(name: string): boolean {
  return name.endsWith('.css') || name.endsWith('.webmanifest')
}

/** What a style sheet or a manifest names by its plain name is loaded by its address. */
function pointAt(addresses: Map<string, string>, sheet: Buffer): Buffer {
  const pointed = sheet.toString().replace(/url\((["']?)(?!data:)([^"')]+)\1\)/g, (whole, _quote, name: string) => {
    const address = addresses.get(name.replace(/^(\.{0,2}\/)*/, ''))
    return address ? `url("${address}")` : whole
  })
  const named = pointed.replace(/"src": "([^"]+)"/g, (whole, name: string) => {
    const address = addresses.get(name)
    return address ? `"src": "${address}"` : whole
  })
  return Buffer.from(named)
}

function asAsset(name: string, body: Buffer): Asset {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  const ending = extname(name)
  return {
    address: `/assets/${name.slice(0, -ending.length)}.${hash}${ending}`,
    type: types[ending] ?? 'application/octet-stream',
    etag: `"${hash}"`,
    body,
    squeezed: {},
  }
}

function named(addresses: Map<string, string>): Assets {
  const at = (name: string) => addresses.get(name) ?? `/assets/${name}`
  return {
    style: at('style.css'),
    wall: at('wall.css'),
    page: at('page.js'),
    meeting: at('meeting.js'),
    charts: at('charts.js'),
    passkeys: at('passkeys.js'),
    chartLibrary: at('chart.js'),
    icon: at('icon.svg'),
    phoneManifest: at('phone.webmanifest'),
    font: at('fonts/figures.woff2'),
  }
}

function encodingFor(accepted: string | undefined, { type, body }: Asset): Encoding | undefined {
  if (!/^text\/|json|javascript|svg/.test(type) || body.length < 500) return undefined

  const words = accepted?.split(/\s*,\s*/).map((word) => word.split(';')[0]) ?? []
  return (['br', 'gzip'] as const).find((encoding) => words.includes(encoding))
}

/** Once per asset and encoding, at its first request. */
function squeezed(asset: Asset, encoding: Encoding): Promise<Buffer> {
  asset.squeezed[encoding] ??=
    encoding === 'br'
      ? squeeze.br(asset.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      : squeeze.gzip(asset.body, { level: 9 })
  return asset.squeezed[encoding]
}
