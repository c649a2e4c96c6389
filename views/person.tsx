import type { Role } from '../src/record/schema.ts'
import { type Around, readingAt } from './around.ts'
import { when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { Moment } from './parts/moment.tsx'
import { nameOf } from './parts/owner.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { deeds } from './paths.ts'
import { FunctionField, functionWords, type Listed, roleWords } from './people.tsx'

export interface PersonPageProps {
  around: Around
  person: Listed
  teams: string[]
  parts: readonly Role[] // every one there is
  providers: string[] // whose account they sign in with
  sessions: SessionShown[] // only for who may end them
  fresh?: string | undefined // a link that was just made: told once
}
export interface SessionShown {
  id: string
  name: string
  how: string
  from: string
  startedAt: Date
  usedAt: Date
}

/** One person: who they are, what they may, and how they leave. */
export function PersonPage({ around, person, teams, parts, providers, sessions, fresh }: PersonPageProps) {
  const reading = readingAt(around)
  return (
    <Layout around={around} title={person.name}>
      <main id="page">
        <PageHead kicker={person.closedAt ? 'Has left' : 'Person'} title={person.name} />
        <div class="stack">
          <Pairs
            pairs={[
              ['E-mail', person.email],
              ['May', roleWords(person.roles)],
              ['Stands for', person.function && functionWords[person.function]],
              ['Zone', person.zone],
              ['Deputy', nameOf(around.people, person.deputy)],
              ['Teams', teams.join(', ')],
              ['Signs in at', providers.join(', ')],
              ['Left', person.closedAt && <Moment at={person.closedAt} reading={reading} />],
            ]}
          />
          {fresh && (
            <div class="block" role="status">
              <h2>Their link, told once</h2>
              <p>Whoever opens it within the hour and confirms is {person.name}.</p>
              <pre>{fresh}</pre>
            </div>
          )}
          {person.closedAt === null ? (
            <Here around={around} person={person} teams={teams} parts={parts} />
          ) : (
            <Gone around={around} person={person} />
          )}
          {sessions.length > 0 && <Sessions around={around} person={person} sessions={sessions} />}
        </div>
      </main>
    </Layout>
  )
}

function Here({ around, person, teams, parts }: Pick<PersonPageProps, 'around' | 'person' | 'teams' | 'parts'>) {
  const { id } = person
  if (!around.may(deeds.person.roles(id))) return null
  return (
    <>
      <Block title="What they may">
        <Form around={around} action={deeds.person.roles(id)} class="choices roles">
          {parts.map((role) => (
            <label class="check">
              <input type="checkbox" name={role} value="yes" checked={person.roles.includes(role)} /> {role}
            </label>
          ))}
          <button type="submit">Give these</button>
        </Form>
        <p class="quiet">
          Viewers look. Contributors also tell, take and finish things. Managers also decide on postmortems.
          Facilitators also hold the meeting and hang projectors. Administrators may all. Each of these includes the one
          before it.
        </p>
      </Block>
      <Block title="Who they are">
        <Form around={around} action={deeds.person.change(id)}>
          <Field label="Name" name="name" value={person.name} required />
          <FunctionField value={person.function} />
          <Field label="Zone" name="zone" value={person.zone ?? ''} placeholder="Europe/Berlin" />
          <Field label="Deputy" name="deputy" value={person.deputy ?? ''} list="people" />
          <button type="submit">Keep</button>
        </Form>
        <Form around={around} action={deeds.person.teams(id)}>
          <Field label="Teams, by commas" name="teams" value={teams.join(', ')} />
          <button type="submit">Keep the teams</button>
        </Form>
      </Block>
      <Block title="Their way in, and out">
        <div class="choices">
          <Form around={around} action={deeds.person.link(id)}>
            <button type="submit">Make a link to sign in</button>
          </Form>
          <Form around={around} action={deeds.person.closing(id)}>
            <button type="submit">They have left</button>
          </Form>
        </div>
        <p class="quiet">
          Who has left is signed out at once; what they owned comes back to the agenda as nobody’s. Their history stays.
        </p>
      </Block>
    </>
  )
}

function Gone({ around, person }: { around: Around; person: Listed }) {
  if (!around.may(deeds.person.reopening(person.id))) return null
  return (
    <Block title="Afterwards">
      <Form around={around} action={deeds.person.reopening(person.id)}>
        <button type="submit">They are back</button>
      </Form>
      <p>
        Forgetting puts a pseudonym in place of the name and the address, here and in the whole past. It cannot be
        undone. Backups made before keep the name until they expire, after 35 days.
      </p>
      <Form around={around} action={deeds.person.forgetting(person.id)}>
        <Field label="Their e-mail, to be sure" name="email" required />
        <button type="submit">Forget them</button>
      </Form>
    </Block>
  )
}

function Sessions({ around, person, sessions }: { around: Around; person: Listed; sessions: SessionShown[] }) {
  const reading = readingAt(around)
  return (
    <Block title="Where they are signed in">
      <ul>
        {sessions.map(({ name, how, from, startedAt, usedAt }) => (
          <li class="item">
            <div>
              <h3>{name || 'a browser'}</h3>
              <p class="meta">
                <span>
                  by {how} from {from}, {when(startedAt, reading)}
                </span>
                <span>last seen {when(usedAt, reading)}</span>
              </p>
            </div>
          </li>
        ))}
      </ul>
      <Form around={around} action={deeds.person.signOut(person.id)}>
        <button type="submit">Sign them out everywhere</button>
      </Form>
    </Block>
  )
}
