import type { Person } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { Field } from './parts/form.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { paths, withWords } from './paths.ts'

export interface SignInPageProps {
  around: Around
  next: string | null // where one wanted to go
  mail: boolean // whether letters can be sent
  provider: string | null // host of the company's own provider
  locked: boolean // whether anybody ever signed in
}

/** Every way in, each with what it needs. */
export function SignInPage({ around, next, mail, provider, locked }: SignInPageProps) {
  return (
    <Layout around={around} title="Sign in" passkeys>
      <main id="page">
        <PageHead kicker="The door" title="Sign in" />
        <div class="stack door">
          {provider && (
            <Block title="With your company’s account">
              <p>
                <a class="button" href={withWords(paths.signInProvider, { next })}>
                  Sign in at {provider}
                </a>
              </p>
            </Block>
          )}
          {mail && (
            <Block title="By a letter">
              <p>We send a link that works once, within ten minutes. There is no password.</p>
              <form method="post" action={paths.signIn} class="line">
                {next && <input type="hidden" name="next" value={next} />}
                <label>
                  E-mail
                  <input name="email" type="email" autocomplete="username webauthn" required maxlength={200} />
                </label>
                <button type="submit">Send the link</button>
              </form>
            </Block>
          )}
          <section class="block" data-with-passkey hidden>
            <h2>With a passkey</h2>
            <form
              method="post"
              action={paths.signInPasskey}
              data-passkey="get"
              data-challenge={paths.challenge(paths.signInPasskey)}
              class="line"
            >
              {next && <input type="hidden" name="next" value={next} />}
              <button type="submit">Sign in with a passkey</button>
            </form>
            <p role="status" class="quiet" />
          </section>
          {!mail && !provider && (
            <Block title="By a link">
              <p>
                {locked
                  ? 'Ask an administrator for a link, or print one where Muster runs:'
                  : 'Nobody has signed in yet. The first administrator’s link was printed where Muster was started; to print another:'}
              </p>
              <pre>npm run sign-in{locked ? ' -- you@example.com' : ''}</pre>
            </Block>
          )}
        </div>
      </main>
    </Layout>
  )
}

/** The same for everybody, whether the address is on the list or not. */
export function LetterSentPage({ around }: { around: Around }) {
  return (
    <Layout around={around} title="A letter is under way">
      <main id="page">
        <PageHead kicker="The door" title="A letter is under way" />
        <p>
          If that address is on the list of people, it has a link in a minute. The link works once, for ten minutes.
        </p>
      </main>
    </Layout>
  )
}

export interface LinkPageProps {
  around: Around
  action: string
  person: Person | null // null = whoever becomes the first administrator
  email: string | null // who that must be
  next: string | null
}

/** Looking uses nothing up: mail scanners look too. */
export function LinkPage({ around, action, person, email, next }: LinkPageProps) {
  return (
    <Layout around={around} title="Sign in">
      <main id="page">
        <PageHead kicker="The door" title={person ? `Are you ${person.name}?` : 'You are the first administrator'}>
          <p class="lead">
            {person
              ? 'One more tap, and you are signed in on this device.'
              : 'Say who you are. From then on whoever asks has to sign in, and you say who may what.'}
          </p>
        </PageHead>
        <form method="post" action={action} class="line door">
          {next && <input type="hidden" name="next" value={next} />}
          {!person && <Field label="Name" name="name" required />}
          {!person && !email && <Field label="E-mail" name="email" type="email" required />}
          <button type="submit">{person ? 'Yes, sign me in' : 'Begin'}</button>
        </form>
      </main>
    </Layout>
  )
}
