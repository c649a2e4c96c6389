import type { Child } from 'hono/jsx'
import type { Facts } from '../../src/record/shapes.ts'
import type { Around } from '../../views/around.ts'
import { AuditPage } from '../../views/audit.tsx'
import { MePage } from '../../views/me.tsx'
import { PeoplePage } from '../../views/people.tsx'
import { PersonPage } from '../../views/person.tsx'
import { EnrolPage, ProjectorsPage } from '../../views/projectors.tsx'
import { LetterSentPage, LinkPage, SignInPage } from '../../views/sign-in.tsx'
import { TokensPage } from '../../views/tokens.tsx'
import { aPerson, daysAgo, hoursAgo, minutesAgo } from '../support/builders.ts'

/** The pages of people and locks, with the people of a morning. */
export function doorsOf(facts: Facts, around: Around): Record<string, Child> {
  const listed = (facts.people.length > 0 ? facts.people : [aPerson()]).map((person) => ({
    ...person,
    closedAt: null,
    roles,
  }))
  const [person = { ...aPerson(), closedAt: null, roles }] = listed
  const sessions = [
    {
      id: 's1',
      name: 'Firefox 140 on Linux',
      how: 'link',
      from: '203.0.113.9',
      startedAt: hoursAgo(20),
      usedAt: minutesAgo(3),
    },
    { id: 's2', name: '', how: 'passkey', from: '2001:db8::7', startedAt: hoursAgo(70), usedAt: hoursAgo(2) },
  ]
  const stranger: Around = { ...around, me: null, asker: 'anonymous', may: () => false, people: [] }
  return {
    'sign-in': <SignInPage around={stranger} next="/incidents" mail provider="login.example.org" locked />,
    'sign-in-first': <SignInPage around={stranger} next={null} mail={false} provider={null} locked={false} />,
    'letter-sent': <LetterSentPage around={stranger} />,
    link: <LinkPage around={stranger} action="/sign-in/links/x" person={person} email={null} next="/" />,
    'link-first': <LinkPage around={stranger} action="/sign-in/links/x" person={null} email={null} next={null} />,
    people: (
      <PeoplePage
        around={around}
        people={listed}
        teams={[{ name: 'Payments', members: [person.id], services: ['checkout'] }]}
        parts={parts}
      />
    ),
    person: (
      <PersonPage
        around={around}
        person={person}
        teams={['Payments']}
        parts={parts}
        providers={['login.example.org']}
        sessions={sessions}
        fresh="https://muster.example.org/sign-in/links/x"
      />
    ),
    'person-left': (
      <PersonPage
        around={around}
        person={{ ...person, closedAt: daysAgo(2) }}
        teams={[]}
        parts={parts}
        providers={[]}
        sessions={[]}
      />
    ),
    me: (
      <MePage
        around={{ ...around, asker: 'person', me: person }}
        roles={roles}
        sessions={sessions}
        here="s1"
        passkeys={[{ id: 'k', name: 'My laptop', at: daysAgo(3), usedAt: null }]}
      />
    ),
    tokens: (
      <TokensPage
        around={around}
        tokens={tokens}
        scopes={['incidents:read']}
        fresh={{ name: 'deploys', secret: 'muster_x' }}
      />
    ),
    walls: <ProjectorsPage around={around} projectors={sessions} />,
    enrol: <EnrolPage around={stranger} code="HQTT-A9PW" address="https://muster.example.org/projectors" />,
    audit: (
      <AuditPage
        around={around}
        lines={lines}
        asked={{ by: '', what: '' }}
        kinds={['signed-in', 'roles']}
        next="/audit?before=1"
      />
    ),
  }
}

const parts = ['viewer', 'contributor', 'manager', 'facilitator', 'administrator'] as const
const roles = ['manager', 'facilitator'] as const
const token = {
  name: 'deploys',
  scopes: ['changes:write', 'incidents:read'],
  madeAt: daysAgo(9),
  madeBy: 'ana@example.com',
  expiresAt: null,
  revokedAt: null,
  usedAt: minutesAgo(4),
  counts: true,
}
const tokens = [
  { id: 't1', ...token },
  { id: 't2', ...token, name: 'an old one', revokedAt: daysAgo(1), usedAt: null, counts: false },
]
const line = {
  number: 2,
  at: minutesAgo(9),
  by: 'ana@example.com',
  what: 'roles',
  subject: 'ben@example.com',
  was: 'viewer',
  became: 'manager',
  from: '203.0.113.9',
  count: 1,
}
const lines = [
  line,
  { ...line, number: 1, by: '', what: 'sign-in-refused', subject: 'link', was: '', became: '', count: 40 },
]
