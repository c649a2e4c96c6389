import type { Tap } from '../meeting/tap.ts'

/** What was tapped, by its words; null = there is no such tap. */
export function tapIn({ kind, id, deed, text, unnamed }: Partial<Record<string, string>>): Tap | null {
  if (kind === 'raise') return text ? { kind, text: text.slice(0, 500), unnamed: unnamed !== undefined } : null
  if (!id) return null
  if (kind === 'hand-over') return deed === 'accept' || deed === 'return' ? { kind, id, deed } : null
  if (kind !== 'action') return null
  return deed === 'accept' || deed === 'return' || deed === 'done' || deed === 'help' ? { kind, id, deed } : null
}
