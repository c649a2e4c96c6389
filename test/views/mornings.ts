import { buildAgenda } from '../../src/agenda/agenda.ts'
import type { Agenda } from '../../src/agenda/shapes.ts'
import type { Facts } from '../../src/record/shapes.ts'
import {
  aChange,
  aComplaint,
  aForecast,
  anAction,
  anExposure,
  anIncident,
  anInput,
  aPerson,
  aPlannedEvent,
  aProblem,
  aService,
  aSite,
  aSource,
  daysAgo,
  facts,
  hoursAgo,
  inHours,
  levelDays,
  minutesAgo,
} from '../support/builders.ts'

export interface Morning {
  facts: Facts
  agenda: Agenda
}

/** The mornings every view is shown on: empty, quiet, ordinary, huge, hostile. */
export const mornings = {
  empty: morningOf(
    facts({
      sources: [],
      inputs: facts().inputs.map((input) => ({ ...input, count: 0, lastHeardAt: null, silent: true })),
    }),
  ),
  quiet: morningOf(facts({ serviceLevels: levelDays(30), services: [aService({ id: 'payments', objective: 99.9 })] })),
  ordinary: morningOf(ordinary()),
  huge: morningOf(huge()),
  hostile: morningOf(hostile()),
} satisfies Record<string, Morning>

export function morningOf(facts: Facts): Morning {
  return { facts, agenda: buildAgenda(facts) }
}

function ordinary(): Facts {
  const people = [
    aPerson(),
    aPerson({ name: 'Ana Silva', email: 'ana@example.com' }),
    aPerson({ name: 'Jonas Weber', email: 'jonas@example.com', function: 'development' }),
    aPerson({ name: 'Mina Park', email: 'mina@example.com', function: 'support' }),
  ]
  const sale = aPlannedEvent({ from: inHours(4), to: inHours(6) })
  const services = ['checkout', 'search', 'payments', 'accounts'].map((id) =>
    aService({ id, objective: id === 'payments' ? 99.95 : 99.9, tier: 'critical' }),
  )
  return facts({
    people,
    services,
    usual: { weekday: 1, mornings: 12, incidentsOpened: 3 },
    plannedEvents: [sale],
    exposures: [
      anExposure({
        ownerId: 'ana@example.com',
        plan: 'Replace the failed switch in ams and fail back',
        eta: inHours(9),
        peaks: [sale],
      }),
    ],
    incidents: [
      anIncident({
        title: 'Checkout lost ams',
        service: 'checkout',
        severity: 'sev2',
        startedAt: hoursAgo(35),
        mitigatedAt: hoursAgo(34.5),
        ownerId: 'ana@example.com',
        customerMinutes: 5200,
      }),
      anIncident({
        title: 'Search answers slowly',
        severity: 'sev3',
        startedAt: hoursAgo(9),
        resolvedAt: hoursAgo(8),
        customerMinutes: 830,
        ownerId: 'jonas@example.com',
      }),
      anIncident({
        title: 'Card payments declined in fra',
        service: 'payments',
        severity: 'sev1',
        startedAt: hoursAgo(50),
        resolvedAt: hoursAgo(49),
        customerMinutes: 12400,
        ownerId: 'lea@example.com',
      }),
      anIncident({
        title: 'Login mails arrive late',
        service: 'accounts',
        severity: 'sev4',
        startedAt: minutesAgo(95),
      }),
      anIncident({
        title: 'Search answers slowly',
        severity: 'sev3',
        startedAt: hoursAgo(40),
        resolvedAt: hoursAgo(39.5),
        customerMinutes: 410,
      }),
      anIncident({
        title: 'Reports of Thursday are incomplete',
        service: 'accounts',
        severity: 'sev3',
        startedAt: daysAgo(5),
        ownerId: 'mina@example.com',
        news: [],
      }),
    ],
    problems: [
      aProblem({ ownerId: 'jonas@example.com', incidentCount: 4, lastIncidentAt: hoursAgo(9) }),
      aProblem({
        title: 'Payments pool runs dry at month end',
        service: 'payments',
        fixedAt: daysAgo(3),
        incidentCount: 2,
        ownerId: 'lea@example.com',
      }),
      aProblem({ title: 'Nobody restarts the mail queue', service: 'accounts', incidentCount: 1 }),
    ],
    changes: [
      aChange({ at: hoursAgo(9.4) }),
      aChange({
        what: 'checkout switch firmware ams',
        service: 'checkout',
        at: hoursAgo(35.2),
        who: 'ana@example.com',
      }),
      aChange({
        what: 'accounts feature flag mail-v2 on',
        service: 'accounts',
        at: minutesAgo(140),
        who: 'mina@example.com',
      }),
    ],
    actions: [
      anAction({ dueAt: daysAgo(4) }),
      anAction({ title: 'Failover drill of checkout', ownerId: 'ana@example.com', dueAt: inHours(5) }),
      anAction({ title: 'Write the runbook of the mail queue', ownerId: null, acknowledgedAt: null }),
    ],
    complaints: [
      aComplaint({ count: 14 }),
      aComplaint({ text: 'The sales floor cannot see Friday’s numbers', class: 'internal', service: 'accounts' }),
    ],
    forecasts: [aForecast()],
    alike: [{ service: 'search', symptom: 'search answers slowly', in7Days: 3, in30Days: 5 }],
    serviceLevels: [
      ...levelDays(30, (before) => ({ service: 'checkout', good: before === 2 ? 1380 : 1440 })),
      ...levelDays(30, (before) => ({ service: 'search', good: before % 9 === 0 ? 1436 : 1440 })),
      ...levelDays(30, (before) => ({ service: 'accounts', p50: 120 + (before % 5), p95: 340 + (before % 7) * 9 })),
      ...levelDays(30, (before) => ({
        service: 'payments',
        good: before === 3 ? 1380 : 1440,
        unknown: before === 5 ? 60 : 0,
      })),
    ],
    sources: [
      aSource(),
      aSource({ name: 'deployments', lastHeardAt: hoursAgo(2) }),
      aSource({ name: 'support-desk', class: 'customer', lastHeardAt: hoursAgo(64), silent: true }),
    ],
    inputs: facts().inputs.map((input) =>
      input.class === 'internal'
        ? anInput({ class: 'internal', count: 0, lastHeardAt: hoursAgo(70), silent: true })
        : { ...input, count: 4 },
    ),
  })
}

function huge(): Facts {
  const titles = [
    'Disk full on node',
    'Latency above limit',
    'Certificate expires',
    'Queue grows',
    'Replica lags',
    'Pod restarts',
  ]
  return {
    ...ordinary(),
    incidents: Array.from({ length: 1800 }, (_, index) =>
      anIncident({
        title: `${titles[index % 6]} ${index % 300}`,
        service: ['checkout', 'search', 'payments', 'accounts', 'mail', 'reports', 'ledger'][index % 7] ?? 'search',
        severity: (['sev4', 'sev3', 'sev4', 'sev3', 'sev2'] as const)[index % 5] ?? 'sev4',
        startedAt: minutesAgo(5 + index),
        ...(index % 3 === 0 ? {} : { resolvedAt: minutesAgo(2) }),
      }),
    ),
    changes: Array.from({ length: 140 }, (_, index) =>
      aChange({ what: `deploy ${index} of search`, at: minutesAgo(10 + index * 9) }),
    ),
    actions: Array.from({ length: 60 }, (_, index) =>
      anAction({ title: `Action number ${index} of the great clean-up`, dueAt: daysAgo(index % 30) }),
    ),
  }
}

/** Names of forty letters, right-to-left script, emoji, markup: what somebody will one day send. */
function hostile(): Facts {
  const long = 'Donaudampfschifffahrtsgesellschaftskapitaensmuetze'
  const markup = '<script>alert(1)</script><img src=x onerror=alert(2)>'
  const arabic = 'فشل تسجيل الدخول في جميع المناطق منذ الصباح'
  const shouted = '🔥🔥 PROD DOWN 🔥🔥 '.repeat(12)
  const people = [
    aPerson({ name: `Maximiliana ${long}`, email: 'long@example.com' }),
    aPerson({ name: 'ليلى', email: 'layla@example.com' }),
  ]
  const service = `checkout-orchestration-gateway-europe-west-production`
  const sale = aPlannedEvent({
    title: `Winter ${long} sale`,
    service,
    from: inHours(12),
    to: inHours(13),
    peakPercent: 140,
  })
  return facts({
    people,
    services: [aService({ id: service, objective: 99.95 }), aService({ id: long, objective: 99 })],
    exposures: [
      anExposure({
        service,
        ownerId: 'long@example.com',
        plan: markup,
        eta: hoursAgo(5),
        peaks: [sale],
        sites: ['frankfurt-am-main-1', 'ams', 'par', 'dub', 'waw'].map((site, index) =>
          aSite({
            site,
            state: (['serving', 'unable', 'unknown', 'draining', 'able'] as const)[index] ?? 'able',
            capacityPercent: index === 4 ? null : 40 + index * 10,
          }),
        ),
      }),
      anExposure({
        service: long,
        since: hoursAgo(100),
        certain: false,
        sites: [
          aSite({ site: 'solo', capacityPercent: null }),
          aSite({ site: 'b', state: 'unknown', capacityPercent: null }),
        ],
      }),
    ],
    plannedEvents: [sale],
    incidents: [markup, arabic, shouted, long.repeat(4), `${long} ${long} ${long}`, '"><svg onload=alert(3)>', ''].map(
      (title, index) =>
        anIncident({
          title,
          service: index % 2 ? long : service,
          severity: index === 0 ? 'sev1' : null,
          ownerId: index % 2 ? 'layla@example.com' : 'long@example.com',
          startedAt: hoursAgo(3 + index),
        }),
    ),
    problems: [aProblem({ title: shouted, ownerId: 'long@example.com', incidentCount: 100_000 })],
    actions: [anAction({ title: `${arabic} ${arabic}`, ownerId: 'layla@example.com', dueAt: daysAgo(900) })],
    changes: [aChange({ what: markup, who: markup, service })],
    complaints: [aComplaint({ text: `${shouted}${markup}`.repeat(3), count: 12_345_678 })],
    serviceLevels: levelDays(30, () => ({ service, good: 10, total: 1440, unknown: 600 })),
    sources: [aSource({ name: long, silent: true, lastHeardAt: null })],
  })
}
