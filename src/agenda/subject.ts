import type { Subject } from './shapes.ts'

/** A subject in one word, as the meeting's events keep it: its kind and id, a blank between. */
export function keyOf({ kind, id }: Subject): string {
  return `${kind} ${id}`
}

/** The subject of such a word. */
export function subjectIn(key: string): Subject {
  const [kind = '', ...id] = key.split(' ')
  return { kind: kind as Subject['kind'], id: id.join(' ') } // written by keyOf
}
