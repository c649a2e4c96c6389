import { alertmanager } from './alertmanager.ts'
import type { Source } from './source.ts'

/** Every tool that can be read. */
export const adapters: readonly Source[] = [alertmanager]

export function adapterNamed(adapter: string): Source | undefined {
  return adapters.find((source) => source.adapter === adapter)
}

/** By the source's own name: 'alertmanager' and 'alertmanager-eu' are both read by the adapter alertmanager. */
export function adapterFor(name: string): Source | undefined {
  return adapters
    .filter(({ adapter }) => name === adapter || name.startsWith(`${adapter}-`))
    .toSorted((a, b) => b.adapter.length - a.adapter.length)[0]
}
