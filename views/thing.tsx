import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

/** A page for a thing with few words of its own: a complaint, a forecast, a planned event, a person. */
export interface ThingPageProps {
  around: Around
  kind: string // 'Complaint'
  title: string
  lines: { label: string; value: string | number | Date | null; href?: string }[]
  linkable?: { incidents: { id: string; title: string }[]; complaintId: string } // the form that links a complaint to an incident
}

export function ThingPage({ around }: ThingPageProps) {
  return <Layout around={around} title="ThingPage" />
}
