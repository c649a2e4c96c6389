import { randomUUID } from 'node:crypto'
import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ErrorPage } from '../../views/error.tsx'
import { paths } from '../../views/paths.ts'
import { RecordFullError, RecordUnavailableError, unwrapped } from '../record/faults.ts'
import { aroundNobody } from './around.ts'
import type { Env } from './house.ts'
import { routeOf } from './route-of.ts'

/** What is wrong with one field of what was sent, and what would be right. */
export interface Wrong {
  field: string
  fault: string
  mend: string
}

/** Why not. A machine reads it as problem details (RFC 9457), a person as a page; both say what to do about it. */
export interface Refusal {
  title: string
  mend?: string
  errors?: Wrong[]
  about?: Record<string, unknown> // further members of the problem details
  headers?: Record<string, string>
}

export async function refuse(c: Context<Env>, status: ContentfulStatusCode, refusal: Refusal): Promise<Response> {
  return forMachines(c) ? problem(c, status, refusal) : page(c, status, refusal)
}

/** Problem details, application/problem+json. */
export function problem(c: Context<Env>, status: ContentfulStatusCode, refusal: Refusal): Response {
  const { title, mend, errors, about, headers } = refusal
  const details = {
    type: 'about:blank',
    title,
    status,
    ...(mend && { detail: mend }),
    instance: c.req.path,
    ...(errors && { errors }),
    ...about,
  }
  return c.body(JSON.stringify(details), status, { 'content-type': 'application/problem+json', ...headers })
}

/** 404; or 405 where there is something, but not for this method. */
export function notFound(methodsAt: (path: string) => string[]): NotFoundHandler<Env> {
  return (c) => {
    const methods = methodsAt(c.req.path)
    if (methods.length === 0 || methods.includes(c.req.method.replace('HEAD', 'GET')))
      return refuse(c, 404, {
        title: `There is nothing at ${c.req.path}`,
        mend: 'Look for it from this morning’s agenda',
      })

    const allow = methods.join(', ')
    return refuse(c, 405, {
      title: `${c.req.method} is not possible here`,
      mend: `Here one may ${allow}`,
      headers: { allow },
    })
  }
}

/** What nobody foresaw: said without its inside, under a reference that the log knows too. */
export function failed(log: (fault: { reference: string; path: string; error: unknown }) => void): ErrorHandler<Env> {
  return (error, c) => {
    const cause = unwrapped(error)
    if (cause instanceof RecordUnavailableError) {
      return refuse(c, 503, {
        title:
          cause instanceof RecordFullError
            ? 'The disk is full: nothing was stored'
            : 'The record cannot be written now',
        mend: 'Nothing was kept of this: send it again later',
        headers: { 'retry-after': '30' },
      })
    }

    const reference = c.var.request ?? randomUUID().slice(0, 8)
    log({ reference, path: routeOf(c) ?? 'nothing', error })
    return refuse(c, 500, {
      title: 'Muster failed at this',
      mend: `Try again; if it stays, look for ${reference} in the log`,
      about: { reference },
    })
  }
}

/** Machines ask under /api, deliver to /sources/:name, or say that they read JSON and not pages. */
export function forMachines(c: Context<Env>): boolean {
  const accept = c.req.header('accept') ?? ''
  const delivers = c.req.method === 'POST' && /^\/sources\/[^/]+\/?$/.test(c.req.path)
  return (
    c.req.path.startsWith(`${paths.api}/`) || delivers || (accept.includes('json') && !accept.includes('text/html'))
  )
}

async function page(c: Context<Env>, status: ContentfulStatusCode, refusal: Refusal): Promise<Response> {
  const { title, mend, errors, about, headers } = refusal
  const detail = [mend, ...(errors ?? []).map(({ field, fault, mend }) => `${field}: ${fault}. ${mend}`)]
    .filter(Boolean)
    .join(' ')
  const reference = about?.reference
  const markup = await (
    <ErrorPage
      around={aroundNobody(c)}
      status={status}
      title={title}
      {...(detail && { detail })}
      {...(typeof reference === 'string' && { requestId: reference })}
    />
  ).toString()
  return c.html(`<!doctype html>${markup}`, status, headers)
}
