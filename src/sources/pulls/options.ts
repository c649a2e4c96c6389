import { parse, YAMLParseError } from 'yaml'
import type { Puller } from './puller.ts'

/** What to ask a tool for, as somebody wrote it in YAML or JSON; else what is wrong with it, and an example. */
export function optionsIn(text: string, puller: Puller): { options: unknown } | { fault: string; mend: string } {
  const mend = `Write for example:\n${puller.example}`
  try {
    const given: unknown = parse(text, { maxAliasCount: 0 }) ?? {}
    const parsed = puller.options.safeParse(given)
    if (parsed.success) return { options: given }
    const [issue] = parsed.error.issues
    return { fault: `${issue?.path.join('.') || 'they'}: ${issue?.message}`, mend }
  } catch (error) {
    if (!(error instanceof YAMLParseError || error instanceof ReferenceError)) throw error
    return { fault: `cannot be read: ${error.message.split('\n', 1).join('')}`, mend }
  }
}
