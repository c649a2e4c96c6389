import type { Incident, Problem } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import type { Happened } from './parts/timeline.tsx'

export interface ProblemPageProps {
  around: Around
  problem: Problem
  timeline: Happened[]
  incidents: Incident[] // linked, newest first
}

export function ProblemPage({ around }: ProblemPageProps) {
  return <Layout around={around} title="ProblemPage" />
}
