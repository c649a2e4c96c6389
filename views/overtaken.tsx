import type { Around } from './around.ts'
import { counted } from './figures.ts'
import { Layout } from './layout.tsx'

export interface Overtaken {
  versions: Version[] // at least one
  action: string // where the form goes
  again: [name: string, value: string][] // the form once more, knowing what stands now
  back: string
}
/** what: 'the owner of “Search answers slowly”'. */
interface Version {
  what: string
  stands: string // as it stands now, in words
  wanted: string // as whoever asks wanted it
}

/** Two decided at once: the second sees both, and nothing is overwritten unseen. */
export function OvertakenPage({ around, overtaken }: { around: Around; overtaken: Overtaken }) {
  const { versions, action, again, back } = overtaken
  const title = `Somebody else was quicker with ${titleOf(versions)}`
  return (
    <Layout around={around} title={title} kind="meeting">
      <main id="page">
        <div class="refusal" role="alert">
          <h1>{title}</h1>
          {versions.map(({ what, stands, wanted }) => (
            <>
              {versions.length > 1 && <p>{what}</p>}
              <dl class="both">
                <div>
                  <dt>It stands</dt>
                  <dd>
                    <bdi>{stands}</bdi>
                  </dd>
                </div>
                <div>
                  <dt>You wanted</dt>
                  <dd>
                    <bdi>{wanted}</bdi>
                  </dd>
                </div>
              </dl>
            </>
          ))}
          <form method="post" action={action} hx-post={action} hx-nonce={around.nonce} class="choices">
            {again.map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <a class="button" href={back}>
              Leave it so
            </a>
            <button type="submit">{insistence(versions)}</button>
          </form>
        </div>
      </main>
    </Layout>
  )
}

function titleOf(versions: Version[]): string {
  return versions.length === 1 ? (versions[0]?.what ?? '') : counted(versions.length, 'thing')
}

/** A short word is said on the button itself. */
function insistence(versions: Version[]): string {
  const [only] = versions
  return versions.length === 1 && only && only.wanted.length <= 40
    ? `Make it ${only.wanted} all the same`
    : 'Take yours all the same'
}
