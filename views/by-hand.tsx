import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

export type ByHandForm = 'incident' | 'change' | 'complaint'

export interface ByHandPageProps {
  around: Around
  services: string[]
  refused?: { form: ByHandForm; why: string; text: string } // said again above the form, with what was typed
  taken?: { form: ByHandForm; text: string; href: string | null } // what was understood and stored
}

export function ByHandPage({ around }: ByHandPageProps) {
  return <Layout around={around} title="ByHandPage" />
}
