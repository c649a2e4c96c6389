import { randomBytes } from 'node:crypto'
import type { Settings } from '../config.ts'
import { type Env, factory } from './house.ts'

/** The headers of every answer. A page is given its policy with a nonce drawn for this rendering alone. */
export function safety(settings: Settings) {
  const always = Object.entries(headersFor(settings))

  return factory.createMiddleware(async (c, next) => {
    c.set('nonce', randomBytes(16).toString('base64url'))
    await next()
    if (c.var.request) c.res.headers.set('x-request-id', c.var.request)
    for (const [name, value] of always) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    c.res.headers.set('content-security-policy', policyFor(c.res.headers.get('content-type'), c.var.nonce, c.var.phone))
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

function policyFor(contentType: string | null, nonce: string, phone: Env['Variables']['phone']): string {
  if (contentType?.startsWith('text/html')) return pagePolicy(nonce, phone)
  // A worker obeys the policy of its own script, and ours asks for the page it keeps.
  return `default-src 'none'; ${phone ? "connect-src 'self'; " : ''}frame-ancestors 'none'`
}

// The phone's page is one answer: its one sheet of style stands in it, and it may keep itself for when there is no network.
function pagePolicy(nonce: string, phone: Env['Variables']['phone']): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    phone ? `style-src '${phone.style}'` : "style-src 'self'",
    ...(phone ? ["worker-src 'self'"] : []),
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    phone ? 'trusted-types check-in' : 'trusted-types htmx',
  ].join('; ')
}
