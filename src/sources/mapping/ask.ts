import { search } from '@aws-lambda-powertools/jmespath'

/** What is wrong with an expression, in a sentence for whoever wrote it. */
export class ExpressionFault extends Error {
  override name = 'ExpressionFault'
}

/** Longer than that is no expression any more but a program. */
export const longestExpression = 500

type Json = Parameters<typeof search>[1]

/** What a JMESPath expression (jmespath.org) finds in `json`; null = nothing. Throws ExpressionFault. It runs no code. */
export function ask(expression: string, json: unknown): unknown {
  if (expression.length > longestExpression)
    throw new ExpressionFault(`it has ${expression.length} characters, at most ${longestExpression} are read`)
  try {
    // The library keeps what it parsed in a plain object, where `constructor` is something already: no such name ends in a space.
    const found = search(`${expression} `, json as Json) as unknown // whatever was parsed from JSON is JSON
    return isJson(found) ? found : null
  } catch (error) {
    throw new ExpressionFault(faultWords(error), { cause: error })
  }
}

/**
 * The same JSON without what every object inherits: an expression may name `constructor` and finds nothing there. To be
 * asked many times, and made once.
 */
export function bareJson(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(bareJson)
  if (typeof json !== 'object' || json === null) return json
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(json).map(([name, value]) => [name, bareJson(value)])),
  )
}

function isJson(found: unknown): boolean {
  return typeof found !== 'function' && found !== undefined
}

function faultWords(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split(' in expression: ')
  const place = /parse error at column (\d+), found unexpected token "(.+?)"/.exec(first)
  if (place) return `at its character ${Number(place[1]) + 1} stands “${place[2]}”, which does not belong there`
  if (first.includes('end of expression')) return 'it ends before it is complete'
  return first.replace(/^Invalid jmespath expression: /, '').slice(0, 200) || 'it cannot be read'
}
