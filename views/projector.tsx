import type { Agenda } from '../src/agenda/shapes.ts'
import type { Facts } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

export interface ProjectorPageProps {
  around: Around
  agenda: Agenda
  facts: Facts
  screen: string // ?screen= of the address, '' = the first; unknown ones show the first
}

export function ProjectorPage({ around }: ProjectorPageProps) {
  return <Layout around={around} title="ProjectorPage" />
}
