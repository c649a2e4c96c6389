import { randomBytes } from 'node:crypto'
import type { Settings } from '../config.ts'
import { factory } from './house.ts'

/** The headers of every answer. A page is given its policy with a nonce drawn for this rendering alone. */
export function safety(settings: Settings) {
  const always = Object.entries(headersFor(settings))

  return factory.createMiddleware(async (c, next) => {
    c.set('nonce', randomBytes(16).toString('base64url'))
    await next()
    if (c.var.request) c.res.headers.set('x-request-id', c.var.request)
    for (const [name, value] of always) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    c.res.headers.set('content-security-policy', policyFor(c.res.headers.get('content-type'), c.var.nonce))
  })
}

function headersFor({ publicUrl }: Settings): Record<string, string> {
  return {
    'cache-control': 'no-store',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(publicUrl.protocol === 'https:' && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  }
}

function policyFor(contentType: string | null, nonce: string): string {
  return contentType?.startsWith('text/html') ? pagePolicy(nonce) : "default-src 'none'; frame-ancestors 'none'"
}

function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types htmx',
  ].join('; ')
}
