import { dateWords } from '../src/calendar.ts'
import type { Amended, Edition } from '../src/reports/amendments.ts'
import type { Minutes } from '../src/reports/minutes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { Compared, EditionList } from './parts/minutes-editions.tsx'
import { PageHead } from './parts/pairs.tsx'
import { deeds, paths, withWords } from './paths.ts'

export interface MinutesPageProps {
  around: Around
  day: string
  minutes: Minutes
  editions?: Editions // none where nothing is compared
}
/** The numbered states of these minutes, the one that is shown, and what it has that an earlier one had not. */
export interface Editions {
  all: Edition[]
  shown: number
  zone: string
  compared: { since: number; amended: Amended } | null
}

/** The minutes as they were left, with what was said since below them. They print as they stand. */
export function MinutesPage({ around, day, minutes, editions }: MinutesPageProps) {
  return (
    <Layout around={around} title={minutes.title} kind="minutes">
      <main id="page">
        <PageHead kicker="Minutes" title={minutes.title}>
          {minutes.lead.map((line, index) => (
            <p class={index === 0 ? 'lead' : undefined}>{line}</p>
          ))}
          <p class="choices no-print">
            <a class="button" href={withWords(paths.minutesAs(day, 'md'), asked(editions))}>
              Markdown
            </a>
            <a class="button" href={withWords(paths.minutesAs(day, 'txt'), asked(editions))}>
              Plain text
            </a>
            <a class="button" href={paths.meeting(day.slice(0, 10))}>
              The agenda of {dateWords(day.slice(0, 10))}
            </a>
          </p>
        </PageHead>
        {editions?.compared && <Compared {...editions.compared} zone={editions.zone} people={around.people} />}
        {editions && <EditionList day={day} editions={editions} />}
        <div class="stack">
          {minutes.parts.map(({ heading, lines }) => (
            <section class="block">
              <h2>{heading}</h2>
              <ul class="told">
                {lines.map((line) => (
                  <li>
                    <bdi>{line}</bdi>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          <section class="block no-print">
            <h2>Something here is wrong?</h2>
            <p class="quiet">
              The minutes are not edited. What should have been said is added, numbered, with your name.
            </p>
            <Form around={around} action={deeds.meeting.remarks(day.slice(0, 10))}>
              <Field label="Remark" name="text" required />
              <button type="submit">Add it</button>
            </Form>
          </section>
        </div>
      </main>
    </Layout>
  )
}

/** The other forms tell the same state. */
function asked(editions: Editions | undefined) {
  const latest = editions?.all.at(-1)?.number
  return { correction: editions && editions.shown !== latest ? String(editions.shown) : '' }
}
