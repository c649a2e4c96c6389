import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { paths } from './paths.ts'

export interface ErrorPageProps {
  around: Around
  status: number
  title: string // 'There is no incident INC-9'
  detail?: string // what to do about it
  requestId?: string
}

/** A page where there was no script; with htmx only the refusal is shown, above what was there. */
export function ErrorPage({ around, status, title, detail, requestId }: ErrorPageProps) {
  return (
    <Layout around={around} title={title}>
      <main id="page">
        <div class="refusal" role="alert">
          <p class="kicker">{status}</p>
          <h1>{title}</h1>
          {detail && <p>{detail}</p>}
          {requestId && <p class="quiet">Reference {requestId}</p>}
        </div>
        <p class="pager">
          <a class="button" href={paths.morning}>
            To this morning
          </a>
        </p>
      </main>
    </Layout>
  )
}
