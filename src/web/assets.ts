import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Context } from 'hono'
import type { Assets } from '../../views/around.ts'
import { factory } from './house.ts'

const publicFolder = fileURLToPath(new URL('../../public', import.meta.url))
const packages = createRequire(import.meta.url)
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
  const files = new Map(readPublic().map(([name, body]) => [name, body]))
  files.set('htmx.js', packagedScripts('htmx.org/dist/htmx.min.js', 'htmx.org/dist/ext/hx-csp.min.js'))
  files.set('chart.js', packagedScripts('chart.js/dist/chart.umd.min.js'))

  const addresses = new Map<string, string>()
  const kept = new Map<string, Asset>()
  for (const [name, body] of [...files].sort(leavesFirst)) {
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

function readPublic(): [string, Buffer][] {
  if (!existsSync(publicFolder)) return []

  const files = readdirSync(publicFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(publicFolder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort(layersFirst)
  const sheets = files.filter((name) => name.endsWith('.css'))
  const others = files.filter((name) => !name.endsWith('.css'))
  const style = Buffer.concat(sheets.map((name) => readFileSync(join(publicFolder, name))))
  return [
    ...others.map((name): [string, Buffer] => [name, readFileSync(join(publicFolder, name))]),
    ['style.css', style],
  ]
}

function layersFirst(a: string, b: string): number {
  return Number(b.endsWith('/layers.css')) - Number(a.endsWith('/layers.css')) || (a < b ? -1 : 1)
}

// A package may not export its browser bundle by name: find the package, then the file in it.
function packagedScripts(...names: string[]): Buffer {
  const bodies = names.map((name) => {
    const at = (packages.resolve.paths(name) ?? []).map((folder) => join(folder, name)).find((path) => existsSync(path))
    if (!at) throw new Error(`${name} is not installed: run npm ci`)
    return readFileSync(at, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '')
  })
  return Buffer.from(bodies.join('\n;'))
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
    htmx: at('htmx.js'),
    keys: at('keys.js'),
    live: at('live.js'),
    meeting: at('meeting.js'),
    charts: at('charts.js'),
    chartLibrary: at('chart.js'),
    icon: at('icon.svg'),
    manifest: at('manifest.webmanifest'),
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
