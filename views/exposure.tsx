import type { ExposureFigure } from '../src/measures/exposure.ts'
import type { Exposure, Incident } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import type { Happened } from './parts/timeline.tsx'

export interface ExposurePageProps {
  around: Around
  figure: ExposureFigure
  timeline: Happened[] // owner, plan, eta, notes and site events of the episode, oldest first; empty when not at hand
  incidents: Incident[] // those of exposure.incidentIds
  earlier: Exposure[] // past episodes of the service, newest first
}

export function ExposurePage({ around }: ExposurePageProps) {
  return <Layout around={around} title="ExposurePage" />
}
