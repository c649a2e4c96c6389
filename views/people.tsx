import type { Role } from '../src/record/schema.ts'
import type { Person } from '../src/record/shapes.ts'
import { type Around, readingAt } from './around.ts'
import { counted } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { Moment } from './parts/moment.tsx'
import { nameOf } from './parts/owner.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { deeds, paths } from './paths.ts'

export interface Listed extends Person {
  closedAt: Date | null
  roles: readonly Role[]
}
export interface TeamShown {
  name: string
  members: string[]
  services: string[]
}
export interface PeoplePageProps {
  around: Around
  people: Listed[] // those who left last
  teams: TeamShown[]
  parts: readonly Role[] // every one there is
}

export const functionWords = {
  support: 'customer support',
  operations: 'operations',
  development: 'development',
  business: 'the business',
} as const

/** Who is here, what they may, and which team owns which service. */
export function PeoplePage({ around, people, teams, parts }: PeoplePageProps) {
  const here = people.filter(({ closedAt }) => closedAt === null)
  return (
    <Layout around={around} title="People">
      <main id="page">
        <PageHead kicker="Who is who" title="People">
          {here.length > 0 && <p class="quiet">{counted(here.length, 'person', 'people')}</p>}
        </PageHead>
        <div class="stack">
          {people.length === 0 ? (
            <p class="empty">Nobody is on the list: import people, or add them here; then things can be theirs.</p>
          ) : (
            <Table around={around} people={people} />
          )}
          {around.may(paths.people) && <Newcomer around={around} parts={parts} />}
          {teams.length > 0 && <Teams around={around} teams={teams} />}
        </div>
      </main>
    </Layout>
  )
}

function Table({ around, people }: { around: Around; people: Listed[] }) {
  const reading = readingAt(around)
  return (
    <div class="scroll">
      <table class="cards">
        <caption class="unseen">People</caption>
        <thead>
          <tr>
            {['Name', 'E-mail', 'Stands for', 'May', 'Deputy', 'Left'].map((label) => (
              <th scope="col">{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr>
              <th scope="row">
                <a href={paths.person(one.id)}>
                  <bdi>{one.name}</bdi>
                </a>
              </th>
              <td data-label="E-mail">{one.email}</td>
              <td data-label="Stands for">{one.function && functionWords[one.function]}</td>
              <td data-label="May">{roleWords(one.roles)}</td>
              <td data-label="Deputy">{nameOf(people, one.deputy)}</td>
              <td data-label="Left">{one.closedAt && <Moment at={one.closedAt} reading={reading} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function roleWords(given: readonly Role[]): string {
  return given.length === 0 ? 'viewer' : given.join(', ')
}

function Newcomer({ around, parts }: { around: Around; parts: readonly Role[] }) {
  return (
    <Block title="Somebody new">
      <Form around={around} action={paths.people}>
        <Field label="Name" name="name" required />
        <Field label="E-mail" name="email" type="email" required />
        <FunctionField />
        <label>
          May
          <select name="role">
            {parts.map((role) => (
              <option value={role}>{role}</option>
            ))}
          </select>
        </label>
        <button type="submit">Add</button>
      </Form>
    </Block>
  )
}

export function FunctionField({ value }: { value?: Person['function'] }) {
  return (
    <label>
      Stands for
      <select name="function">
        <option value="">not said</option>
        {Object.entries(functionWords).map(([name, word]) => (
          <option value={name} selected={name === value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  )
}

function Teams({ around, teams }: { around: Around; teams: TeamShown[] }) {
  return (
    <Block title="Teams">
      <ul>
        {teams.map(({ name, members, services }) => (
          <li class="item">
            <div>
              <h3>
                <bdi>{name}</bdi>
              </h3>
              <p class="meta">
                <span>
                  {members.length === 0
                    ? 'nobody is in it yet'
                    : members.map((id) => nameOf(around.people, id)).join(', ')}
                </span>
                {services.length > 0 && (
                  <span>
                    owns{' '}
                    {services.map((id, place) => (
                      <>
                        {place > 0 && ', '}
                        <a href={paths.service(id)}>{id}</a>
                      </>
                    ))}
                  </span>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p class="quiet">A team owns services. What is to be done is always one person’s.</p>
      {around.may(deeds.service.team('any')) && (
        <p class="quiet">Say which team owns a service on the service’s own page.</p>
      )}
    </Block>
  )
}
