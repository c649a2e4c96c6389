import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

/** null = nothing yet.  = the first fact in words. */
export interface Heard {
  at: Date | null
  source: string | null
  incident: { id: string; title: string } | null
}

export interface FirstRunPageProps {
  around: Around
  endpoint: string // absolute address of POST /sources/alertmanager
  heard: Heard
}

export function FirstRunPage({ around }: FirstRunPageProps) {
  return <Layout around={around} title="FirstRunPage" />
}
