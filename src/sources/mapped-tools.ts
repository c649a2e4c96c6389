import { genericSource } from './generic.ts'
import { examples } from './mapping/examples.ts'
import type { Scheme } from './signatures.ts'
import type { Source } from './source.ts'

const proofs: Record<string, readonly Scheme[]> = {
  'incident-io': ['standard'],
  rootly: ['rootly', 'bearer'],
  firehydrant: ['firehydrant', 'address'],
}

/** Tools whose incidents people declare, read by the mapping that ships; one of its own takes its place at /sources/:name/mapping. */
export const mappedTools: readonly Source[] = examples.map(({ name, title, rules }) => ({
  ...genericSource({ rules, zone: 'UTC' }),
  adapter: name,
  title,
  class: 'manual',
  proofs: proofs[name] ?? ['bearer', 'address'],
}))
