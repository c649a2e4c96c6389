import type { Child } from 'hono/jsx'
import type { Around } from './around.ts'

export interface LayoutProps {
  around: Around
  title: string
  kind?: string // the page's own class, e.g. 'projector'
  charts?: boolean
  refreshSeconds?: number
  children?: Child
}

export function Layout({ title, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <title>{title}</title>
      </head>
      <body>{children}</body>
    </html>
  )
}
