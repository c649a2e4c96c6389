import type { LevelFigure } from '../src/measures/service-level.ts'
import type { Change, Exposure, Incident, LevelDay, Service, SiteStanding } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

/** One thing the service needs; members of one group stand in for each other. percent = its 30 days, null = unknown. */
export interface ChainLink {
  needs: string
  group: string
  percent: number | null
}

export interface ServicePageProps {
  around: Around
  service: Service
  levels: LevelFigure[] // of this service
  days: LevelDay[] // up to 90 days of it, oldest first
  incidents: Incident[] // of the last 90 days, newest first
  changes: Change[] // newest first, a screenful
  exposures: Exposure[] // newest first
  sites: SiteStanding[] // as they stand
  chain: ChainLink[] // what it needs (S19)
  chainPercent: number | null // the product over the chain, 30 days; null = unknown
}

export function ServicePage({ around }: ServicePageProps) {
  return <Layout around={around} title="ServicePage" />
}
