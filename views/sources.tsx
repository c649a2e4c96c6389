import type { InputHeard, SourceHeard } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

/** Deliveries of one source on asOf's day, and what waits or could not be read at all. */
export interface DeliveryCounts {
  today: number
  waiting: number
  unreadable: number
}
/** One raw message as the sources pages show it. */
export interface DeliveryLine {
  id: string
  source: string
  receivedAt: Date
  contentType: string
  bytes: number
  ingestedAt: Date | null
  facts: number | null
  fault: string | null
  excerpt: string // the first lines of the body, as text
}

export interface SourcesPageProps {
  around: Around
  sources: { heard: SourceHeard; counts: DeliveryCounts }[]
  inputs: InputHeard[]
  unreadable: DeliveryLine[] // newest first
  endpoint: string // absolute address of POST /sources, from the configured public address
}

export function SourcesPage({ around }: SourcesPageProps) {
  return <Layout around={around} title="SourcesPage" />
}
