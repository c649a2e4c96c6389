import { dateWords } from '../src/calendar.ts'
import type { Minutes } from '../src/reports/minutes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { PageHead } from './parts/pairs.tsx'
import { deeds, paths } from './paths.ts'

export interface MinutesPageProps {
  around: Around
  day: string
  minutes: Minutes
}

/** The minutes as they were left, with what was said since below them. They print as they stand. */
export function MinutesPage({ around, day, minutes }: MinutesPageProps) {
  return (
    <Layout around={around} title={minutes.title} kind="minutes">
      <main id="page">
        <PageHead kicker="Minutes" title={minutes.title}>
          {minutes.lead.map((line, index) => (
            <p class={index === 0 ? 'lead' : undefined}>{line}</p>
          ))}
          <p class="choices no-print">
            <a class="button" href={paths.minutesAs(day, 'md')}>
              Markdown
            </a>
            <a class="button" href={paths.minutesAs(day, 'txt')}>
              Plain text
            </a>
            <a class="button" href={paths.meeting(day)}>
              The agenda of {dateWords(day)}
            </a>
          </p>
        </PageHead>
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
            <Form around={around} action={deeds.meeting.remarks(day)}>
              <Field label="Remark" name="text" required />
              <button type="submit">Add it</button>
            </Form>
          </section>
        </div>
      </main>
    </Layout>
  )
}
