import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

export interface Overtaken {
  what: string // 'the owner of “Search answers slowly”'
  stands: string // as it stands now, in words
  wanted: string // as whoever asks wanted it
  action: string // where the form goes
  again: [name: string, value: string][] // the form once more, knowing what stands now
  back: string
}

/** Two decided at once: the second sees both, and nothing is overwritten unseen. */
export function OvertakenPage({ around, overtaken }: { around: Around; overtaken: Overtaken }) {
  const { what, stands, wanted, action, again, back } = overtaken
  const title = `Somebody else was quicker with ${what}`
  return (
    <Layout around={around} title={title} kind="meeting">
      <main id="page">
        <div class="refusal" role="alert">
          <h1>{title}</h1>
          <dl class="both">
            <div>
              <dt>It stands</dt>
              <dd>{stands}</dd>
            </div>
            <div>
              <dt>You wanted</dt>
              <dd>{wanted}</dd>
            </div>
          </dl>
          <form method="post" action={action} hx-post={action} hx-nonce={around.nonce} class="choices">
            {again.map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <a class="button" href={back}>
              Leave it so
            </a>
            <button type="submit">Make it {wanted} all the same</button>
          </form>
        </div>
      </main>
    </Layout>
  )
}
