import { kindNames } from '../sources/kinds.ts'

/** What a token may be let do. A scope is KIND:VERB; '*' stands for all of either, alone for all of both. */
const verbsOf: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(kindNames.map((kind) => [kind, ['read', 'write']])),
  agenda: ['read'],
  letters: ['post'],
  metrics: ['read'],
  sources: ['post', 'read', 'write'], // write: what is asked of a tool, its token included
}
const verbs = ['read', 'write', 'post']

/** Every scope by its full name. */
export const everyScope: readonly string[] = Object.entries(verbsOf).flatMap(([kind, verbs]) =>
  verbs.map((verb) => `${kind}:${verb}`),
)

/** What is wrong with a scope; null = nothing. */
export function scopeFault(scope: string): string | null {
  const [kind = '', verb = '', ...rest] = scope.split(':')
  const knowsKind = kind === '*' || Object.hasOwn(verbsOf, kind)
  const known = kind === '*' ? verbs : (verbsOf[kind] ?? [])
  const isKnown = scope === '*' || (knowsKind && rest.length === 0 && (verb === '*' || known.includes(verb)))
  return isKnown ? null : `${JSON.stringify(scope)} is no scope: write incidents:read, changes:write, sources:post or *`
}

/** Whether these scopes reach so far. 'any' = any token will do. */
export function covers(scopes: readonly string[], wanted: string): boolean {
  const [kind, verb] = wanted.split(':')
  return wanted === 'any' || scopes.some((scope) => [wanted, '*', `${kind}:*`, `*:${verb}`].includes(scope))
}
