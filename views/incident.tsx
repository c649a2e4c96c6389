import type { Advice } from '../src/agenda/shapes.ts'
import type { Change, Exposure, Incident, Problem } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import type { Happened } from './parts/timeline.tsx'

export interface IncidentPageProps {
  around: Around
  incident: Incident
  timeline: Happened[] // oldest first
  changes: Change[] // before its start, of its service and what that needs, newest first; the first is the suspect
  exposures: Exposure[] // that were open while it was
  problems: Problem[] // it is linked to
  openProblems: Problem[] // it could be linked to
  alike: Incident[] // same service and symptom, newest first
  advice: Advice // S36
}

export function IncidentPage({ around }: IncidentPageProps) {
  return <Layout around={around} title="IncidentPage" />
}
