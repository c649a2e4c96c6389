import type { Change, Incident } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import type { Happened } from './parts/timeline.tsx'

export interface ChangePageProps {
  around: Around
  change: Change
  incidents: Incident[] // begun within 24 h after it on its service or what needs it
  timeline: Happened[]
}

export function ChangePage({ around }: ChangePageProps) {
  return <Layout around={around} title="ChangePage" />
}
