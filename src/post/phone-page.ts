import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Two folders below the root lie both the source and the bundle of `npm run build`.
const folder = new URL('../../src/post/phone/', import.meta.url)
const style = squeezed(read('check-in.css'))
const script = squeezed(read('check-in.js'))

/** What the service worker does, as it is served. */
export const workerScript = read('worker.js')

/** By which the page's policy lets in this one sheet of style, and no other. */
export const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`

export interface PhonePage {
  title: string
  body: string // rendered, escaped
  nonce: string
  asOf: Date
  theme: 'auto' | 'light' | 'dark'
  addresses: { manifest: string; icon: string; worker: string; taps: string; live: string }
}

/** The whole page in one answer: style and script stand in it, so that a slow phone asks once. */
export function phonePage({ title, body, nonce, asOf, theme, addresses }: PhonePage): string {
  const { manifest, icon, worker, taps, live } = addresses
  const scheme = theme === 'auto' ? '' : ` data-theme="${theme}"`
  return [
    `<!doctype html><html lang="en"${scheme}><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="theme-color" content="#0b0e12">',
    `<link rel="icon" href="${icon}" type="image/svg+xml"><link rel="manifest" href="${manifest}"><style>${style}</style></head>`,
    `<body data-asof="${asOf.toISOString()}" data-worker="${worker}" data-taps="${taps}" data-live="${live}">${body}`,
    `<script nonce="${nonce}" type="module">${script}</script></body></html>`,
  ].join('')
}

function read(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, folder)), 'utf8')
}

/** Without what only its writers need: comments on lines of their own, indents, empty lines. */
function squeezed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//') && !line.startsWith('/*'))
    .join('\n')
}
