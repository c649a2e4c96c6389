import type { SourceHeard } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import type { DeliveryCounts, DeliveryLine } from './sources.tsx'

export interface SourcePageProps {
  around: Around
  source: SourceHeard
  adapter: string
  counts: DeliveryCounts
  deliveries: DeliveryLine[] // newest first, a screenful
  endpoint: string // absolute, from the configured public address
}

export function SourcePage({ around }: SourcePageProps) {
  return <Layout around={around} title="SourcePage" />
}
