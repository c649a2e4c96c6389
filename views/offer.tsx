import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { PageHead } from './parts/pairs.tsx'
import { paths } from './paths.ts'

export interface OfferPageProps {
  around: Around
  kicker: string
  title: string
  words: string
  action: string | null // where the confirming tap goes; null = it is done
  button: string
}

/** One deed that a letter offered: looking does nothing, one tap does it, and a second tap changes nothing. */
export function OfferPage({ around, kicker, title, words, action, button }: OfferPageProps) {
  return (
    <Layout around={around} title={title}>
      <main id="page">
        <PageHead kicker={kicker} title={title}>
          <p class="lead">{words}</p>
        </PageHead>
        {action === null ? (
          <p>
            <a class="button" href={paths.checkIn}>
              To this morning
            </a>
          </p>
        ) : (
          <form method="post" action={action} class="line">
            <button type="submit">{button}</button>
          </form>
        )}
      </main>
    </Layout>
  )
}
