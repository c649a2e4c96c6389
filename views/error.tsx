import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

export interface ErrorPageProps {
  around: Around
  status: number
  title: string // 'There is no incident INC-9'
  detail?: string // what to do about it
  requestId?: string
}

export function ErrorPage({ around }: ErrorPageProps) {
  return <Layout around={around} title="ErrorPage" />
}
