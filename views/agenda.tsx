import type { Agenda } from '../src/agenda/shapes.ts'
import type { Facts } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

export interface AgendaPageProps {
  around: Around
  agenda: Agenda
  facts: Facts
}

export function AgendaPage({ around }: AgendaPageProps) {
  return <Layout around={around} title="AgendaPage" />
}
