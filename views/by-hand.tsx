import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { ChangeForm, ComplaintForm, IncidentForm, type Lock } from './parts/by-hand.tsx'
import { Mark } from './parts/marks.tsx'
import { PageHead } from './parts/pairs.tsx'

export type ByHandForm = 'incident' | 'change' | 'complaint'

export interface ByHandPageProps {
  around: Around
  services: string[]
  lock?: Lock[] // open sev1 and sev2
  refused?: { form: ByHandForm; why: string; text: string } // said again above the form, with what was typed
  taken?: { form: ByHandForm; text: string; href: string | null } // what was understood and stored
}

export function ByHandPage({ around, services, lock = [], refused, taken }: ByHandPageProps) {
  const typed = (form: ByHandForm) => (refused?.form === form ? { text: refused.text } : {})
  return (
    <Layout around={around} title="Say it in one line">
      <main id="page">
        <PageHead kicker="By hand" title="Say it in one line">
          <p class="lead">
            Write it as you would say it: services and sites are recognised.
            {services.length > 0 && ` We know ${services.slice(0, 12).join(', ')}.`}
          </p>
        </PageHead>
        {taken && (
          <p class="banner taken" role="status">
            <Mark tone="green" /> On the record: {taken.href ? <a href={taken.href}>{taken.text}</a> : taken.text}
          </p>
        )}
        {refused && (
          <p class="refusal" role="alert">
            <b>{refused.why}</b>
          </p>
        )}
        <div class="stack">
          <ChangeForm around={around} lock={lock} {...typed('change')} />
          <IncidentForm around={around} {...typed('incident')} />
          <ComplaintForm around={around} {...typed('complaint')} />
        </div>
      </main>
    </Layout>
  )
}
