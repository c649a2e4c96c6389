import type { Grouping, InputClass } from '../src/record/schema.ts'

/** What the forms let one choose from, in the order of the lists. A word the record gains will not compile until it stands here. */
export const inputClasses: readonly InputClass[] = every<InputClass>({
  customer: 0,
  internal: 0,
  manual: 0,
  automated: 0,
  predictive: 0,
  'service-level': 0,
})
export const groupings: readonly Grouping[] = every<Grouping>({ off: 0, 'group-key': 0, 'service-and-time': 0 })

// Safe: the keys of the record are exactly the words.
function every<Word extends string>(words: Record<Word, 0>): Word[] {
  return Object.keys(words) as Word[]
}
