import { paths } from '../../views/paths.ts'
import { refuse } from './faults.tsx'
import { factory } from './house.ts'

const mostAtOnce = 100

/**
 * What makes the record search is asked by so many at once and no more: the others are told to come again in a moment, so
 * that deliveries, pages and sign-ins never wait behind a flood.
 */
export function notAllAtOnce(most = mostAtOnce) {
  const underWay = { count: 0 }

  return factory.createMiddleware(async (c, next) => {
    const isCostly = c.req.method === 'GET' && (c.req.path.startsWith(`${paths.api}/`) || isSearch(c.req.url))
    if (!isCostly) return next()
    if (underWay.count >= most) {
      const mend = 'Ask again in a moment'
      return refuse(c, 503, { title: 'Too many ask this at once', mend, headers: { 'retry-after': '2' } })
    }

    underWay.count++
    try {
      await next()
    } finally {
      underWay.count--
    }
  })
}

function isSearch(url: string): boolean {
  return /[?&](search|service|owner|from|to|format)=/.test(url)
}
