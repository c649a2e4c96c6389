import type { Action } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import type { Happened } from './parts/timeline.tsx'

export interface ActionPageProps {
  around: Around
  action: Action
  timeline: Happened[]
}

export function ActionPage({ around }: ActionPageProps) {
  return <Layout around={around} title="ActionPage" />
}
