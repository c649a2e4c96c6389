import type { Around } from './around.ts'
import { when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { deeds, paths } from './paths.ts'
import type { SessionShown } from './person.tsx'

/** On the wall: a code that somebody who holds the meeting types in once. It asks again by itself. */
export function EnrolPage({ around, code, address }: { around: Around; code: string; address: string }) {
  return (
    <Layout around={around} title="A new projector" plain refreshSeconds={3}>
      <main id="page" class="enrol">
        <p class="kicker">A new projector</p>
        <h1 id="code" class="code">
          {code}
        </h1>
        <p class="lead">
          Whoever holds the meeting types this at <b>{address}</b>. It is good for ten minutes.
        </p>
        <div
          hx-get={around.here}
          hx-trigger="every 2s"
          hx-target="#page"
          hx-select="#page"
          hx-swap="outerHTML"
          hx-nonce={around.nonce}
        />
      </main>
    </Layout>
  )
}

/** The projectors that hang, and the way to hang another. */
export function ProjectorsPage({ around, projectors }: { around: Around; projectors: SessionShown[] }) {
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <Layout around={around} title="Projectors">
      <main id="page">
        <PageHead kicker="The walls" title="Projectors">
          <p class="lead">
            Open <code>{paths.wall}</code> on the machine at the wall, and type here the code that it shows. It may show
            the meeting and nothing else.
          </p>
        </PageHead>
        <div class="stack">
          <Block title="Another wall">
            <Form around={around} action={paths.projectors}>
              <Field label="Code on the wall" name="code" required placeholder="K7QF-2MXA" />
              <Field label="Where it hangs" name="name" required placeholder="The big room" />
              <button type="submit">Let it show the meeting</button>
            </Form>
          </Block>
          {projectors.length === 0 ? (
            <p class="empty">None hangs yet.</p>
          ) : (
            <ul>
              {projectors.map(({ id, name, from, startedAt, usedAt }) => (
                <li class="item">
                  <div>
                    <h3>
                      <bdi>{name || 'a wall'}</bdi>
                    </h3>
                    <p class="meta">
                      <span>
                        since {when(startedAt, reading)}, from {from}
                      </span>
                      <span>last seen {when(usedAt, reading)}</span>
                    </p>
                  </div>
                  <div class="act">
                    <Form around={around} action={deeds.projector.revocation(id)}>
                      <button type="submit">Revoke</button>
                    </Form>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </div>
      </main>
    </Layout>
  )
}
