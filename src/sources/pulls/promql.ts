import { parser } from '@prometheus-io/lezer-promql'

/** What a query looks at, each once: 'up{job="shop"}'. */
export function selectorsIn(query: string): string[] {
  const found = new Set<string>()
  parser.parse(query).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'VectorSelector') found.add(query.slice(from, to))
    },
  })
  return [...found]
}

/** Why a query cannot count minutes, with the mend; null = it can. */
export function faultIn(query: string): string | null {
  const tree = parser.parse(query)
  const wrong: { at: number }[] = []
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) wrong.push({ at: from })
    },
  })
  if (wrong[0]) return `at its character ${wrong[0].at + 1} it is not PromQL`
  if (selectorsIn(query).length === 0) return 'it looks at no metric'
  return null
}

/** A query that answers whether anything the other looks at was scraped within so many seconds: its silence is not a zero. */
export function seenBy(query: string, seconds: number): string {
  const span = `${seconds - 1}s999ms` // one millisecond less: what was scraped at the boundary counts once
  return selectorsIn(query)
    .map((selector) => `count(count_over_time(${selector}[${span}]))`)
    .join(' or ')
}

/** Whether it leaves out what is not so ('up == 1') instead of saying 0 ('up == bool 1'): then what is missing is bad. */
export function leavesOut(query: string): boolean {
  const cursor = parser.parse(query).cursor()
  cursor.firstChild()
  while (cursor.name === 'ParenExpr') cursor.firstChild()
  const isComparison = comparisons.some((name) => cursor.node.getChild(name) !== null)
  return cursor.name === 'BinaryExpr' && isComparison && cursor.node.getChild('BoolModifier') === null
}
const comparisons = ['Eql', 'Neq', 'Gtr', 'Lss', 'Gte', 'Lte']
