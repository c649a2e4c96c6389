import { buildAgenda } from '../../src/agenda/agenda.ts'
import type { Agenda } from '../../src/agenda/shapes.ts'
import { anHour } from '../../src/calendar.ts'
import { inputClasses } from '../../src/record/schema.ts'
import type {
  Action,
  Change,
  Complaint,
  Exposure,
  Facts,
  Forecast,
  Incident,
  InputHeard,
  LevelDay,
  Meeting,
  News,
  Person,
  PlannedEvent,
  Problem,
  Service,
  SiteStanding,
  SourceHeard,
} from '../../src/record/shapes.ts'
import { dayBefore, daysAgo, hoursAgo, inHours, morning, sinceFriday, zone } from './morning.ts'

export * from './morning.ts'

let told = 0
function next(noun: string): string {
  told += 1
  return `${noun}-${told}`
}

/** Open since three hours ago, new to this meeting unless told otherwise. */
export function anIncident(given: Partial<Incident> = {}): Incident {
  const startedAt = given.startedAt ?? hoursAgo(3)
  const endedAt = given.endedAt ?? given.resolvedAt ?? given.closedAt ?? null
  const title = given.title ?? 'Search answers slowly'
  return {
    id: next('incident'),
    title,
    symptom: title.toLowerCase().replace(/\d+/g, '').trim(),
    service: 'search',
    severity: 'sev3',
    state: given.closedAt ? 'closed' : endedAt ? 'resolved' : given.mitigatedAt ? 'mitigated' : 'open',
    startedAt,
    detectedAt: startedAt,
    acknowledgedAt: null,
    mitigatedAt: null,
    resolvedAt: null,
    closedAt: null,
    endedAt,
    ownerId: null,
    team: null,
    site: null,
    customerMinutes: null,
    changeId: null,
    url: null,
    class: 'automated',
    postmortem: null,
    postmortemAt: null,
    postmortemFor: null,
    source: 'alertmanager',
    recordedAt: startedAt,
    changedAt: endedAt ?? startedAt,
    mergedInto: null,
    problemIds: [],
    news: newsOf(startedAt, endedAt),
    ...given,
  }
}

function newsOf(startedAt: Date, endedAt: Date | null): News[] {
  return [
    someNews({ kind: 'opened', at: startedAt }),
    ...(endedAt ? [someNews({ kind: 'resolved', at: endedAt })] : []),
  ].filter((news) => news.at > sinceFriday.from && news.at <= sinceFriday.to)
}

export function someNews(given: Partial<News> = {}): News {
  return { kind: 'opened', at: hoursAgo(3), value: '', by: '', late: false, ...given }
}

export function aProblem(given: Partial<Problem> = {}): Problem {
  return {
    id: next('problem'),
    title: 'Search index merges stall under load',
    service: 'search',
    severity: null,
    state: given.closedAt ? 'closed' : given.fixedAt ? 'fix-deployed' : 'open',
    openedAt: daysAgo(9),
    fixedAt: null,
    closedAt: null,
    ownerId: null,
    architectural: false,
    changedAt: daysAgo(9),
    incidentCount: 0,
    lastIncidentAt: null,
    news: [],
    ...given,
  }
}

/** Checkout on fra alone since Saturday night. */
export function anExposure(given: Partial<Exposure> = {}): Exposure {
  const service = given.service ?? 'checkout'
  const since = given.since ?? hoursAgo(35)
  return {
    id: `${service}@${since.toISOString()}`,
    service,
    since,
    until: null,
    certain: true,
    sites: [
      aSite({ site: 'fra', state: 'serving', since: daysAgo(20), capacityPercent: 60 }),
      aSite({ site: 'ams', state: 'unable', since, capacityPercent: 0 }),
    ],
    ownerId: null,
    plan: null,
    eta: null,
    notes: [],
    incidentIds: [],
    peaks: [],
    ...given,
  }
}

export function aSite(given: Partial<SiteStanding> = {}): SiteStanding {
  return { site: 'fra', state: 'serving', since: daysAgo(20), capacityPercent: 100, ...given }
}

export function aChange(given: Partial<Change> = {}): Change {
  return {
    id: next('change'),
    at: hoursAgo(4),
    what: 'search deploy 4.2 on fra',
    service: 'search',
    site: null,
    who: 'lea@example.com',
    url: null,
    kind: 'deploy',
    source: 'deployments',
    rolledBackAt: null,
    deniedAt: null,
    inResponseTo: null,
    late: false,
    ...given,
  }
}

export function anAction(given: Partial<Action> = {}): Action {
  return {
    id: next('action'),
    title: 'Alarm on replica lag above 30 s',
    state: given.endedAt ? 'done' : 'open',
    openedAt: daysAgo(5),
    ownerId: 'lea@example.com',
    dueAt: inHours(72),
    acknowledgedAt: daysAgo(4),
    endedAt: null,
    originKind: null,
    originId: null,
    ...given,
  }
}

export function aComplaint(given: Partial<Complaint> = {}): Complaint {
  return {
    id: next('complaint'),
    at: hoursAgo(6),
    text: 'The cart forgets what I put in',
    service: 'checkout',
    class: 'customer',
    incidentId: null,
    count: 1,
    by: '',
    late: false,
    ...given,
  }
}

export function aForecast(given: Partial<Forecast> = {}): Forecast {
  return {
    id: next('forecast'),
    madeAt: hoursAgo(5),
    service: 'accounts',
    what: 'The session store is full',
    dueAt: inHours(11 * 24),
    confidence: '80 %',
    ...given,
  }
}

export function aPlannedEvent(given: Partial<PlannedEvent> = {}): PlannedEvent {
  return {
    id: next('event'),
    title: 'Flash sale',
    from: inHours(3),
    to: inHours(5),
    service: 'checkout',
    peakPercent: 85,
    valuePerMinute: 8000,
    currency: 'EUR',
    ...given,
  }
}

/** A whole day without fault, in minutes. */
export function aLevelDay(given: Partial<LevelDay> = {}): LevelDay {
  return {
    service: 'payments',
    indicator: 'availability',
    day: dayBefore(1),
    good: 1440,
    total: 1440,
    unknown: 0,
    zone,
    ...given,
  }
}

/** The last `days` complete days of one indicator, oldest first; `given` may differ by how many days ago. */
export function levelDays(days: number, given: (daysBefore: number) => Partial<LevelDay> = () => ({})): LevelDay[] {
  return Array.from({ length: days }, (_, index) => {
    const daysBefore = days - index
    return aLevelDay({ day: dayBefore(daysBefore), ...given(daysBefore) })
  })
}

export function aService(given: Partial<Service> = {}): Service {
  return { id: 'search', tier: 'standard', objective: 99.9, sitesRequired: null, team: null, needs: [], ...given }
}

export function aPerson(given: Partial<Person> = {}): Person {
  const email = given.email ?? 'lea@example.com'
  return { id: email, name: 'Lea Okafor', email, role: null, function: 'operations', zone, deputy: null, ...given }
}

export function aMeeting(given: Partial<Meeting> = {}): Meeting {
  const day = given.day ?? '2026-11-23'
  return {
    id: day,
    day,
    from: sinceFriday.from,
    cutOff: morning,
    openedAt: morning,
    openedBy: 'lea@example.com',
    closedAt: null,
    closedBy: null,
    figures: null,
    ...given,
  }
}

export function aSource(given: Partial<SourceHeard> = {}): SourceHeard {
  return {
    name: 'alertmanager',
    class: 'automated',
    lastHeardAt: hoursAgo(1),
    silenceMs: 24 * anHour,
    silent: false,
    ...given,
  }
}

export function anInput(given: Partial<InputHeard> = {}): InputHeard {
  return { class: 'automated', count: 1, lastHeardAt: hoursAgo(1), silenceMs: 24 * anHour, silent: false, ...given }
}

/** A quiet Monday on which every input was heard within the hour. */
export function facts(given: Partial<Facts> = {}): Facts {
  return {
    asOf: morning,
    zone,
    window: sinceFriday,
    meeting: null,
    meetingDay: '2026-11-23',
    services: [],
    incidents: [],
    alike: [],
    problems: [],
    sites: [{ service: 'search', sites: [aSite({ site: 'ams' }), aSite({ site: 'fra' })] }],
    exposures: [],
    plannedEvents: [],
    serviceLevels: [],
    changes: [],
    complaints: [],
    forecasts: [],
    actions: [],
    people: [],
    sources: [aSource()],
    inputs: inputClasses.map((inputClass) => anInput({ class: inputClass })),
    deliveries: { waiting: 0, unreadable: 0 },
    corrections: [],
    carried: [],
    usual: null,
    drill: null,
    undelivered: [],
    ...given,
  }
}

/** What the room would be shown, given these facts. */
export function anAgenda(given: Partial<Facts> = {}): Agenda {
  return buildAgenda(facts(given))
}
