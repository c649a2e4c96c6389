import type { Child } from 'hono/jsx'
import type { IncidentEvent } from '../../src/record/incident-state.ts'
import { outageOf, promiseText } from '../../src/record/outage-state.ts'
import { ActionPage } from '../../views/action.tsx'
import { AgendaPage } from '../../views/agenda.tsx'
import type { Around } from '../../views/around.ts'
import { ByHandPage } from '../../views/by-hand.tsx'
import { ChangePage } from '../../views/change.tsx'
import { ErrorPage } from '../../views/error.tsx'
import { ExposurePage } from '../../views/exposure.tsx'
import { FirstRunPage } from '../../views/first-run.tsx'
import { IncidentPage } from '../../views/incident.tsx'
import { ListPage } from '../../views/lists.tsx'
import { MeetingsPage } from '../../views/meeting.tsx'
import type { Happened } from '../../views/parts/timeline.tsx'
import { ProblemPage } from '../../views/problem.tsx'
import { ProjectorPage } from '../../views/projector.tsx'
import { screensOf } from '../../views/screens.ts'
import { ServicePage } from '../../views/service.tsx'
import { SourcePage } from '../../views/source.tsx'
import { SourcesPage } from '../../views/sources.tsx'
import { ThingPage } from '../../views/thing.tsx'
import { UnownedPage } from '../../views/unowned.tsx'
import { aMeeting, aService, aSource, hoursAgo, minutesAgo, morning, zone } from '../support/builders.ts'
import { doorsOf } from './doors.tsx'
import { teachingViews } from './gallery-sources.tsx'
import type { Morning } from './mornings.ts'

/** Every view of a morning by its name, as a whole document. Addresses of assets and the theme are the caller's. */
export function viewsOf(morning: Morning, around: Around): Record<string, () => Promise<string>> {
  const { agenda, facts } = morning
  const [incident] = facts.incidents
  const [change] = facts.changes
  const [problem] = facts.problems
  const [action] = facts.actions
  const [exposed] = agenda.exposures
  const [level] = agenda.levels
  const pages: Record<string, Child> = {
    ...doorsOf(facts, around),
    agenda: <AgendaPage around={around} agenda={agenda} facts={facts} />,
    'first-run': (
      <FirstRunPage around={around} endpoint={endpoint} heard={{ at: null, source: null, incident: null }} />
    ),
    'by-hand': <ByHandPage around={around} services={facts.services.map(({ id }) => id)} />,
    'by-hand-refused': (
      <ByHandPage
        around={around}
        services={[]}
        refused={{ form: 'change', why: 'A change needs a few words.', text: '<b>' }}
      />
    ),
    'by-hand-taken': (
      <ByHandPage
        around={around}
        services={[]}
        taken={{ form: 'change', text: 'search deploy 4.2', href: '/changes/1' }}
      />
    ),
    error: (
      <ErrorPage
        around={around}
        status={404}
        title="There is no incident INC-9"
        detail="Look for it in the list."
        requestId="f00d"
      />
    ),
    meetings: (
      <MeetingsPage
        around={around}
        meetings={
          facts.people.length > 0
            ? [
                aMeeting(),
                aMeeting({ id: '2026-11-20', day: '2026-11-20', openedAt: hoursAgo(72), closedAt: hoursAgo(71.8) }),
              ]
            : []
        }
        next={null}
      />
    ),
    sources: (
      <SourcesPage
        around={around}
        sources={facts.sources.map((heard) => ({ heard, counts }))}
        inputs={agenda.inputs}
        unreadable={facts.people.length > 0 ? [unread] : []}
        endpoint={endpoint}
      />
    ),
    source: (
      <SourcePage
        around={around}
        source={facts.sources[0] ?? aSource()}
        adapter="alertmanager"
        counts={counts}
        deliveries={[unread, { ...unread, fault: null, ingestedAt: minutesAgo(9), facts: 3 }]}
        endpoint={endpoint}
        proof={{
          secrets: [{ id: 's-1', scheme: 'bearer', print: '9f3a01c7', addedAt: minutesAgo(600), by: 'Ada' }],
          schemes: ['bearer', 'address'],
          sealable: true,
          refused: { count: 3, lastAt: minutesAgo(12) },
        }}
      />
    ),
    ...teachingViews(morning, around),
    unowned: (
      <UnownedPage
        around={around}
        day="2026-11-23"
        unowned={facts.incidents.slice(0, 3).map(({ id, title }) => ({ kind: 'incident', id, title }))}
      />
    ),
    list: <ListPage around={around} list={listOf(morning)} />,
    thing: (
      <ThingPage
        around={around}
        kind="Complaint"
        title={facts.complaints[0]?.text ?? 'The cart forgets'}
        lines={[
          { label: 'When', value: minutesAgo(50) },
          { label: 'Count', value: 14 },
          { label: 'Service', value: 'checkout', href: '/service-levels/checkout' },
          { label: 'By', value: null },
        ]}
        linkable={{ incidents: facts.incidents.slice(0, 9), complaintId: 'c-1' }}
      />
    ),
    ...(incident && {
      incident: (
        <IncidentPage
          around={around}
          incident={incident}
          timeline={timeline}
          changes={facts.changes.slice(0, 3)}
          suspect={facts.changes[0] ?? null}
          verdict={null}
          rate={{ hits: 25, verdicts: 41 }}
          exposures={facts.exposures}
          problems={facts.problems.slice(0, 1)}
          openProblems={facts.problems}
          alike={facts.incidents.slice(1, 4)}
          advice={{ answer: 'yes', rules: ['severity', 'customer-minutes'] }}
          outage={outageOf(incident.id, outageEvents(incident.id))}
        />
      ),
    }),
    ...(problem && {
      problem: (
        <ProblemPage around={around} problem={problem} timeline={timeline} incidents={facts.incidents.slice(0, 4)} />
      ),
    }),
    ...(change && {
      change: <ChangePage around={around} change={change} incidents={facts.incidents.slice(0, 2)} timeline={[]} />,
    }),
    ...(action && { action: <ActionPage around={around} action={action} timeline={timeline.slice(0, 2)} /> }),
    ...(exposed && {
      exposure: (
        <ExposurePage
          around={around}
          figure={exposed}
          timeline={timeline}
          incidents={facts.incidents.slice(0, 1)}
          earlier={[{ ...exposed.exposure, since: hoursAgo(900), until: hoursAgo(890) }]}
        />
      ),
    }),
    ...(level && {
      service: (
        <ServicePage
          around={around}
          service={facts.services.find(({ id }) => id === level.service) ?? aService({ id: level.service })}
          levels={agenda.levels.filter(({ service }) => service === level.service)}
          days={facts.serviceLevels.filter(({ service }) => service === level.service)}
          incidents={facts.incidents.slice(0, 5)}
          changes={facts.changes.slice(0, 3)}
          exposures={facts.exposures}
          sites={facts.exposures[0]?.sites ?? []}
          chain={[
            { needs: 'payments', group: '', percent: 99.8 },
            { needs: 'search', group: 'search pair', percent: null },
          ]}
          chainPercent={null}
          opened={{ indicator: 'availability', span: 7 }}
        />
      ),
    }),
  }
  const wall = screensOf(agenda).flatMap(({ name, items }) => [name, ...(items.length > 0 ? [`${name}/1`] : [])])
  return {
    ...Object.fromEntries(Object.entries(pages).map(([name, page]) => [name, () => asDocument(page)])),
    ...Object.fromEntries(
      wall.map((screen) => [
        `projector-${screen || 'front'}`,
        () => asDocument(<ProjectorPage around={around} agenda={agenda} facts={facts} screen={screen} />),
      ]),
    ),
  }
}

/** Lea at her screen on Monday at nine. */
export function someAround(given: Partial<Around> = {}): Around {
  return {
    now: morning,
    zone,
    me: null,
    people: [],
    asker: 'open',
    may: () => true,
    frozen: true,
    demo: false,
    theme: 'auto',
    live: '/live?since=run.1',
    here: '/',
    nonce: 'nonce',
    assets: {
      style: '/style.css',
      wall: '/wall.css',
      page: '/page.js',
      meeting: '/meeting.js',
      charts: '/charts.js',
      passkeys: '/passkeys.js',
      chartLibrary: '/chart.js',
      icon: '/icon.svg',
      phoneManifest: '/m.webmanifest',
      font: '/figures.woff2',
    },
    ...given,
  }
}

export async function asDocument(page: Child): Promise<string> {
  return `<!doctype html>${await (page as unknown as { toString(): string | Promise<string> }).toString()}`
}

const endpoint = 'http://localhost:3000/sources/alertmanager'
const counts = { today: 42, waiting: 0, unreadable: 1 }
const unread = {
  id: 'd-1',
  source: 'alertmanager',
  receivedAt: minutesAgo(30),
  contentType: 'application/json',
  bytes: 812,
  ingestedAt: null,
  facts: null,
  fault: 'alerts[0].startsAt is not an instant: "yesterday"',
  excerpt: '{"version":"4","alerts":[{"startsAt":"yesterday"}]}\n'.repeat(3),
}
const timeline: Happened[] = [
  happened({ kind: 'opened', at: hoursAgo(35), recordedAt: hoursAgo(33) }),
  happened({ kind: 'acknowledged', at: hoursAgo(34.9), by: 'ana@example.com' }),
  happened({ kind: 'severity', value: 'sev2', at: hoursAgo(34.8) }),
  happened({
    kind: 'note',
    value: 'Switch 2 in ams lost its firmware; traffic moved to fra.',
    at: hoursAgo(34.6),
    by: 'ana@example.com',
    origin: 'room',
  }),
  happened({ kind: 'mitigated', at: hoursAgo(34.5) }),
  happened({ kind: 'told', value: '{"service":"checkout","customerMinutes":5200}', at: hoursAgo(30) }),
]

function happened(given: Partial<Happened>): Happened {
  const at = given.at ?? minutesAgo(60)
  return {
    at,
    recordedAt: at,
    kind: 'note',
    value: '',
    by: '',
    why: '',
    origin: 'tool',
    source: 'alertmanager',
    ...given,
  }
}

function listOf({ facts }: Morning): Parameters<typeof ListPage>[0]['list'] {
  return {
    kind: 'incidents',
    path: '/incidents',
    asked: facts.incidents.length === 0 ? {} : { service: 'search' },
    filters: [
      { name: 'search', label: 'Search' },
      { name: 'service', label: 'Service' },
      {
        name: 'state',
        label: 'State',
        choices: [
          { value: '', label: 'all' },
          { value: 'yes', label: 'only open' },
        ],
      },
      { name: 'from', label: 'From' },
    ],
    columns: [
      { key: 'title', label: 'Title' },
      { key: 'service', label: 'Service' },
      { key: 'severity', label: 'Severity' },
      { key: 'startedAt', label: 'Began', sort: '/incidents?sort=startedAt', sorted: 'down' },
      { key: 'customerMinutes', label: 'Customer-minutes' },
    ],
    rows: facts.incidents.slice(0, 50).map((incident) => ({
      href: `/incidents/${incident.id}`,
      cells: [incident.title, incident.service, incident.severity, incident.startedAt, incident.customerMinutes],
    })),
    total: facts.incidents.length,
    next: facts.incidents.length > 50 ? '/incidents?cursor=50' : null,
    searchedTo: null,
    csv: '/incidents?as=csv',
  }
}

/** Run for four hours by one person, with a promise that is late and a step that was left out. */
function outageEvents(incidentId: string): IncidentEvent[] {
  const said = { incidentId, by: 'ana@example.com', why: '', origin: 'room', source: 'room', rank: 0 } as const
  const event = (minutes: number, kind: string, value: string, why = '') =>
    ({ ...said, at: minutesAgo(minutes), recordedAt: minutesAgo(minutes), kind, value, why }) as IncidentEvent
  return [
    event(240, 'outage-manager', 'ana@example.com', 'the cache is next'),
    event(200, 'promised', promiseText({ what: 'The status page is updated', dueAt: minutesAgo(30) })),
    event(190, 'checked', 'Lock deploys'),
    event(180, 'skipped', 'Can we roll back?', 'nothing was deployed'),
  ]
}
