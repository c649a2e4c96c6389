import type { Meeting } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

export interface MeetingsPageProps {
  around: Around
  meetings: Meeting[] // newest first
  next: string | null // address of the next page
}

export function MeetingsPage({ around }: MeetingsPageProps) {
  return <Layout around={around} title="MeetingsPage" />
}
