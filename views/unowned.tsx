import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { paths, pathTo } from './paths.ts'

export interface UnownedPageProps {
  around: Around
  day: string
  unowned: { kind: 'incident' | 'problem'; id: string; title: string }[]
}

/** Why the meeting does not close: what nobody owns, nobody does. Or the room says why it leaves all the same. */
export function UnownedPage({ around, day, unowned }: UnownedPageProps) {
  const title = `${unowned.length} ${unowned.length === 1 ? 'thing is' : 'things are'} nobody’s: the meeting stays open`
  const back = { ...around, here: paths.meeting(day) }
  return (
    <Layout around={around} title={title}>
      <main id="page">
        <div class="refusal" role="alert">
          <h1>{title}</h1>
          <ul>
            {unowned.map(({ kind, id, title }) => (
              <li>
                {kind} <a href={pathTo({ kind, id })}>{title}</a>
              </li>
            ))}
          </ul>
          <p>Give each an owner, or say why you leave all the same.</p>
          <Form around={back} action={paths.adjournment(day)}>
            <Field label="Why" name="why" required />
            <button type="submit">Close all the same</button>
          </Form>
        </div>
      </main>
    </Layout>
  )
}
