import type { Role } from '../src/record/schema.ts'
import type { Around } from './around.ts'
import { when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { deeds, paths } from './paths.ts'
import { roleWords } from './people.tsx'
import type { SessionShown } from './person.tsx'

export interface MePageProps {
  around: Around
  roles: readonly Role[]
  sessions: SessionShown[]
  here: string | null // the session one looks from
  passkeys: { id: string; name: string; at: Date; usedAt: Date | null }[]
}

/** Where one is signed in, each to be ended from here. */
export function MePage({ around, roles, sessions, here, passkeys }: MePageProps) {
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <Layout around={around} title="You" passkeys>
      <main id="page">
        <PageHead kicker="You" title={around.me?.name ?? 'Nobody in particular'} />
        <div class="stack">
          {around.asker === 'open' ? (
            <p>Nobody has signed in yet: whoever sits at this machine may do everything here.</p>
          ) : (
            <Pairs
              pairs={[
                ['E-mail', around.me?.email],
                ['You may', roleWords(roles)],
                ['You are told', around.me && <a href={paths.wishes(around.me.id)}>when, how, and in your calendar</a>],
                ['Your page', around.me && <a href={paths.person(around.me.id)}>what others see of you</a>],
              ]}
            />
          )}
          {sessions.length > 0 && (
            <Block title="Where you are signed in">
              <ul>
                {sessions.map(({ id, name, how, from, startedAt, usedAt }) => (
                  <li class="item">
                    <div>
                      <h3>
                        {name || 'a browser'} {id === here && <span class="state">this one</span>}
                      </h3>
                      <p class="meta">
                        <span>
                          by {how} from {from}, {when(startedAt, reading)}
                        </span>
                        <span>last seen {when(usedAt, reading)}</span>
                      </p>
                    </div>
                    <div class="act">
                      <Form around={around} action={deeds.session.ending(id)}>
                        <button type="submit">End it</button>
                      </Form>
                    </div>
                  </li>
                ))}
              </ul>
              {sessions.length > 1 && (
                <Form around={around} action={deeds.session.others}>
                  <button type="submit">End all others</button>
                </Form>
              )}
              <p class="quiet">A session ends by itself after twelve hours without a page, and after seven days.</p>
            </Block>
          )}
          {around.asker === 'person' && <Passkeys around={around} passkeys={passkeys} />}
        </div>
      </main>
    </Layout>
  )
}

function Passkeys({ around, passkeys }: Pick<MePageProps, 'around' | 'passkeys'>) {
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <Block title="Passkeys">
      <p>A key that this device keeps: signing in is one touch, and there is nothing that could be told to others.</p>
      {passkeys.length > 0 && (
        <ul>
          {passkeys.map(({ id, name, at, usedAt }) => (
            <li class="item">
              <div>
                <h3>
                  <bdi>{name}</bdi>
                </h3>
                <p class="meta">
                  <span>since {when(at, reading)}</span>
                  <span>{usedAt ? `last used ${when(usedAt, reading)}` : 'not used yet'}</span>
                </p>
              </div>
              <div class="act">
                <Form around={around} action={deeds.passkey.removal(id)}>
                  <button type="submit">Remove</button>
                </Form>
              </div>
            </li>
          ))}
        </ul>
      )}
      <form
        method="post"
        action={paths.passkeys}
        data-passkey="create"
        data-challenge={paths.challenge(paths.passkeys)}
        class="line"
        hidden
      >
        <Field label="Which device it is" name="name" placeholder="My laptop" />
        <button type="submit">Add a passkey</button>
      </form>
      <p role="status" class="quiet" />
    </Block>
  )
}
