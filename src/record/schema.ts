import { desc, sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

// Instants are UTC milliseconds. Days are 'YYYY-MM-DD' with a zone beside them. '' in an event's text = nothing said.
const instant = () => integer({ mode: 'timestamp_ms' })

/** Who may have said it. The room outranks a tool: what the room decided, no delivery overwrites. */
export const origins = ['tool', 'import', 'room'] as const
export type Origin = (typeof origins)[number]

/** What every happening carries: when, when we learnt of it, what, who, why. `rank` orders what was told for one instant. */
const happening = () => ({
  at: instant().notNull(),
  recordedAt: instant().notNull(),
  kind: text().notNull(),
  value: text().notNull().default(''),
  by: text().notNull().default(''),
  why: text().notNull().default(''),
  origin: text({ enum: origins }).notNull(),
  source: text().notNull().default(''),
  rank: integer().notNull().default(0),
})

export const severities = ['sev1', 'sev2', 'sev3', 'sev4'] as const
export type Severity = (typeof severities)[number]
export const inputClasses = ['customer', 'internal', 'manual', 'automated', 'predictive', 'service-level'] as const
export type InputClass = (typeof inputClasses)[number]
export const incidentStates = ['open', 'mitigated', 'resolved', 'closed'] as const
export type IncidentState = (typeof incidentStates)[number]
export const decisions = ['yes', 'no', 'later'] as const
export type Decision = (typeof decisions)[number]

/** A kept word about the record itself: when it was born, which schema it has. */
export const record = sqliteTable('record', { key: text().primaryKey(), value: text().notNull() })

export const services = sqliteTable('services', {
  id: text().primaryKey(),
  tier: text({ enum: ['experiment', 'standard', 'critical'] }),
  objective: real(), // percent, null = none agreed
  sitesRequired: integer(), // null = two: it must survive the loss of one
  team: text(),
  objectives: text({ mode: 'json' }).$type<Record<string, number>>().notNull().default({}), // by indicator, where it has its own
  recordedAt: instant().notNull(),
})

/** `service` needs `needs`. Members of one `group` stand in for each other; without a group the need is absolute. */
export const needs = sqliteTable(
  'needs',
  { service: text().notNull(), needs: text().notNull(), group: text().notNull().default('') },
  (row) => [primaryKey({ columns: [row.service, row.needs] })],
)

/** The current state of each incident, derived from its events and written in their transaction. */
export const incidents = sqliteTable(
  'incidents',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    symptom: text().notNull(), // the title without its numbers: what makes two incidents alike
    service: text(),
    severity: text({ enum: severities }),
    state: text({ enum: incidentStates }).notNull(),
    startedAt: instant().notNull(),
    detectedAt: instant(),
    acknowledgedAt: instant(),
    mitigatedAt: instant(),
    resolvedAt: instant(),
    closedAt: instant(),
    endedAt: instant(), // resolved or closed, whichever came first; null = open
    ownerId: text(), // as told; a person's e-mail where the room assigned
    team: text(),
    site: text(),
    customerMinutes: real(),
    changeId: text(),
    url: text(),
    class: text({ enum: inputClasses }),
    postmortem: text({ enum: decisions }),
    postmortemAt: instant(), // when the decision fell
    postmortemFor: instant(), // when the session is scheduled
    source: text().notNull().default(''),
    recordedAt: instant().notNull(), // when we first heard
    changedAt: instant().notNull(), // its latest event
    mergedInto: text(), // another incident that it is part of: counted there, not by itself
  },
  (row) => [
    index('incidents_by_start').on(row.startedAt),
    index('incidents_open').on(row.startedAt).where(sql`ended_at is null`),
    index('incidents_by_end').on(row.endedAt).where(sql`ended_at is not null`),
    index('incidents_alike').on(row.service, row.symptom, row.startedAt),
    index('incidents_of_service').on(row.service, row.startedAt),
    index('incidents_of_owner').on(row.ownerId, row.startedAt),
    index('incidents_by_gravity').on(row.severity, desc(row.startedAt)),
    index('incidents_in_state').on(row.state, row.startedAt),
    index('incidents_by_cost').on(row.customerMinutes, row.startedAt).where(sql`customer_minutes is not null`),
    index('incidents_to_decide').on(row.postmortemAt).where(sql`postmortem in ('yes', 'later')`),
  ],
)

/** Everything that happened to an incident. kind 'told' holds columns as JSON; the rest are the contract's kinds and ours. */
export const incidentEvents = sqliteTable(
  'incident_events',
  { incidentId: text().notNull(), ...happening() },
  (row) => [
    primaryKey({ columns: [row.incidentId, row.at, row.kind, row.value] }),
    index('incident_events_by_time').on(row.at),
    index('incident_events_by_record').on(row.recordedAt),
    index('incident_events_skewed').on(row.incidentId).where(sql`kind = 'clock-skew'`),
    index('incident_events_grouped').on(row.value).where(sql`kind = 'group-key'`),
    index('incident_events_of_cause').on(row.at).where(sql`kind = 'cause'`),
  ],
)

export const incidentProblems = sqliteTable(
  'incident_problems',
  { incidentId: text().notNull(), problemId: text().notNull(), at: instant().notNull() },
  (row) => [
    primaryKey({ columns: [row.incidentId, row.problemId] }),
    index('incident_problems_by_problem').on(row.problemId),
  ],
)

export const problemStates = ['open', 'known-error', 'fix-deployed', 'closed'] as const
export type ProblemState = (typeof problemStates)[number]
export const problems = sqliteTable(
  'problems',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    service: text(),
    severity: text({ enum: severities }),
    state: text({ enum: problemStates }).notNull(),
    openedAt: instant().notNull(),
    fixedAt: instant(),
    closedAt: instant(),
    ownerId: text(),
    architectural: integer({ mode: 'boolean' }).notNull().default(false),
    source: text().notNull().default(''),
    recordedAt: instant().notNull(),
    changedAt: instant().notNull(),
  },
  (row) => [
    index('problems_open').on(row.openedAt).where(sql`closed_at is null`),
    index('problems_by_close').on(row.closedAt),
  ],
)
export const problemEvents = sqliteTable('problem_events', { problemId: text().notNull(), ...happening() }, (row) => [
  primaryKey({ columns: [row.problemId, row.at, row.kind, row.value] }),
  index('problem_events_by_time').on(row.at),
  index('problem_events_by_record').on(row.recordedAt),
])

export const siteStates = ['serving', 'able', 'unable', 'draining', 'unknown'] as const
export type SiteState = (typeof siteStates)[number]
/** A site, or a swim lane, of a service said how it stood. */
export const siteEvents = sqliteTable(
  'site_events',
  {
    service: text().notNull(),
    site: text().notNull(),
    at: instant().notNull(),
    state: text({ enum: siteStates }).notNull(),
    capacityPercent: real(),
    recordedAt: instant().notNull(),
    by: text().notNull().default(''),
    source: text().notNull().default(''),
  },
  (row) => [
    primaryKey({ columns: [row.service, row.site, row.at, row.state] }),
    index('site_events_by_record').on(row.recordedAt),
  ],
)
/** Single-datacenter episodes, derived from site_events in their transaction. id = service@since. */
export const exposures = sqliteTable(
  'exposures',
  {
    id: text().primaryKey(),
    service: text().notNull(),
    since: instant().notNull(),
    until: instant(),
    certain: integer({ mode: 'boolean' }).notNull(), // false: a site has not said how it stands
  },
  (row) => [
    index('exposures_open').on(row.since).where(sql`until is null`),
    index('exposures_of_service').on(row.service, row.since),
  ],
)
/** kinds: owner, plan, eta (ISO instant), note, linked-incident. They belong to the episode of the service that spans `at`. */
export const exposureEvents = sqliteTable('exposure_events', { service: text().notNull(), ...happening() }, (row) => [
  primaryKey({ columns: [row.service, row.at, row.kind, row.value] }),
])

export const changes = sqliteTable(
  'changes',
  {
    id: text().primaryKey(),
    at: instant().notNull(),
    what: text().notNull(),
    service: text(),
    site: text(),
    who: text(),
    url: text(),
    kind: text(),
    source: text().notNull().default(''),
    recordedAt: instant().notNull(),
  },
  (row) => [
    index('changes_by_time').on(row.at),
    index('changes_of_service').on(row.service, row.at),
    index('changes_by_record').on(row.recordedAt),
  ],
)
/** kinds: rolled-back, denied, confirmed-cause (value = incident id), in-response (the same), course (value = hold, go-on, watch). */
export const changeEvents = sqliteTable('change_events', { changeId: text().notNull(), ...happening() }, (row) => [
  primaryKey({ columns: [row.changeId, row.at, row.kind, row.value] }),
])

/** One day of one indicator, in minutes or events. `total` counts what should have been good; `unknown` was never seen. */
export const serviceLevels = sqliteTable(
  'service_levels',
  {
    service: text().notNull(),
    indicator: text().notNull(),
    day: text().notNull(),
    good: real().notNull(),
    total: real().notNull(),
    unknown: real().notNull().default(0),
    p50: real(), // ms in which half of the answers of the day came; null = not told
    p95: real(),
    zone: text().notNull(),
    source: text().notNull().default(''),
    recordedAt: instant().notNull(),
  },
  (row) => [primaryKey({ columns: [row.service, row.indicator, row.day] }), index('service_levels_by_day').on(row.day)],
)

export const complaints = sqliteTable(
  'complaints',
  {
    id: text().primaryKey(),
    at: instant().notNull(),
    text: text().notNull(),
    service: text(),
    class: text({ enum: ['customer', 'internal'] }),
    incidentId: text(),
    count: integer().notNull().default(1),
    by: text().notNull().default(''),
    source: text().notNull().default(''),
    recordedAt: instant().notNull(),
  },
  (row) => [
    index('complaints_by_time').on(row.at),
    index('complaints_of_incident').on(row.incidentId),
    index('complaints_by_record').on(row.recordedAt),
  ],
)

export const forecasts = sqliteTable(
  'forecasts',
  {
    id: text().primaryKey(),
    madeAt: instant().notNull(),
    service: text().notNull(),
    what: text().notNull(),
    dueAt: instant().notNull(),
    confidence: text(), // as told: 0.7, 70 %, high
    source: text().notNull().default(''),
    recordedAt: instant().notNull(),
  },
  (row) => [index('forecasts_by_due').on(row.dueAt), index('forecasts_by_making').on(row.madeAt)],
)

/** What is planned and will bring traffic: a sale, a launch. service null = all of them. */
export const plannedEvents = sqliteTable(
  'planned_events',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    from: instant().notNull(),
    to: instant().notNull(),
    service: text(),
    peakPercent: real(),
    valuePerMinute: real(),
    currency: text(),
    source: text().notNull().default(''),
    recordedAt: instant().notNull(),
  },
  (row) => [index('planned_events_by_end').on(row.to)],
)

export const people = sqliteTable('people', {
  id: text().primaryKey(), // the e-mail, lower case
  name: text().notNull(),
  email: text().notNull(),
  role: text(),
  function: text({ enum: ['support', 'operations', 'development', 'business'] }),
  zone: text(),
  deputy: text(),
  closedAt: instant(), // left: what they owned is unowned
  recordedAt: instant().notNull(),
})

/** What somebody may do here; src/web/policy.ts says what. One person may have several. */
export const roles = ['viewer', 'contributor', 'manager', 'facilitator', 'administrator'] as const
export type Role = (typeof roles)[number]
export const personRoles = sqliteTable(
  'person_roles',
  {
    personId: text().notNull(),
    role: text({ enum: roles }).notNull(),
    at: instant().notNull(),
    by: text().notNull().default(''),
  },
  (row) => [primaryKey({ columns: [row.personId, row.role] })],
)
/** A team owns services (services.team) and consists of people; what is to be done is always one person's. */
export const teamMembers = sqliteTable(
  'team_members',
  { team: text().notNull(), personId: text().notNull(), at: instant().notNull(), by: text().notNull().default('') },
  (row) => [primaryKey({ columns: [row.team, row.personId] }), index('teams_of_person').on(row.personId)],
)
/** Whom a provider of identities means: issuer and subject, never the e-mail, which may pass to somebody else. */
export const identities = sqliteTable(
  'identities',
  { issuer: text().notNull(), subject: text().notNull(), personId: text().notNull(), at: instant().notNull() },
  (row) => [primaryKey({ columns: [row.issuer, row.subject] }), index('identities_of_person').on(row.personId)],
)
/** A browser that is signed in, or a projector that is enrolled. Of what its cookie holds only the SHA-256 is kept. */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    hash: text().notNull(),
    kind: text({ enum: ['person', 'projector'] }).notNull(),
    personId: text(), // null = a projector
    name: text().notNull(), // the browser, or where the projector hangs
    how: text().notNull(), // link, passkey, provider; code for a projector
    from: text().notNull(), // address
    startedAt: instant().notNull(),
    startedBy: text().notNull(),
    endedAt: instant(),
    endedBy: text(),
  },
  (row) => [uniqueIndex('sessions_by_hash').on(row.hash), index('sessions_of_person').on(row.personId)],
)
/** Good for one sign-in, for some minutes. */
export const signInLinks = sqliteTable(
  'sign_in_links',
  {
    hash: text().primaryKey(),
    personId: text(), // null = whoever becomes the first administrator
    madeAt: instant().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (row) => [index('sign_in_links_of_person').on(row.personId)],
)
/** By which a program speaks to the API. Its secret was shown once; only the SHA-256 is kept. */
export const tokens = sqliteTable(
  'tokens',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    hash: text().notNull(),
    scopes: text({ mode: 'json' }).$type<string[]>().notNull(), // 'incidents:read', 'changes:write', 'sources:post', '*'
    madeAt: instant().notNull(),
    madeBy: text().notNull(),
    expiresAt: instant(),
    revokedAt: instant(),
    revokedBy: text(),
  },
  (row) => [uniqueIndex('tokens_by_hash').on(row.hash)],
)
export const passkeys = sqliteTable(
  'passkeys',
  {
    id: text().primaryKey(), // the credential's own
    personId: text().notNull(),
    publicKey: text().notNull(), // base64url
    counter: integer().notNull(),
    name: text().notNull(),
    at: instant().notNull(),
  },
  (row) => [index('passkeys_of_person').on(row.personId)],
)
/** When a session, a token or a passkey was last used, to the quarter of an hour. */
export const lastUses = sqliteTable('last_uses', { id: text().primaryKey(), at: instant().notNull() })
/** Who came in, who was refused, who was given what: the deeds on the record's facts are told by their own events. */
export const audit = sqliteTable(
  'audit',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    at: instant().notNull(),
    by: text().notNull(), // a person's id, 'token NAME', 'projector NAME', 'console', 'muster'; '' = nobody signed in
    what: text().notNull(), // signed-in, sign-in-refused, access-denied, roles, person-closed, token-made...
    subject: text().notNull().default(''),
    was: text().notNull().default(''),
    became: text().notNull().default(''),
    from: text().notNull().default(''), // address
    count: integer().notNull().default(1), // how often within the minute
  },
  (row) => [index('audit_by_time').on(row.at), index('audit_of_person').on(row.by, row.at)],
)

export const actionStates = ['open', 'done', 'dropped'] as const
export type ActionState = (typeof actionStates)[number]
export const actions = sqliteTable(
  'actions',
  {
    id: text().primaryKey(),
    title: text().notNull(),
    state: text({ enum: actionStates }).notNull(),
    openedAt: instant().notNull(),
    ownerId: text(),
    dueAt: instant(),
    acknowledgedAt: instant(), // by its owner
    endedAt: instant(), // done or dropped
    originKind: text(), // incident, problem, exposure, meeting
    originId: text(),
    recordedAt: instant().notNull(),
    changedAt: instant().notNull(),
  },
  (row) => [
    index('actions_open').on(row.openedAt).where(sql`ended_at is null`),
    index('actions_by_end').on(row.endedAt),
  ],
)
/** kinds: told (JSON: title, originKind, originId), opened, owner, due (ISO instant), acknowledged, done, dropped, note. */
export const actionEvents = sqliteTable('action_events', { actionId: text().notNull(), ...happening() }, (row) => [
  primaryKey({ columns: [row.actionId, row.at, row.kind, row.value] }),
  index('action_events_by_record').on(row.recordedAt),
])

/** One per business day. Opening freezes the cut-off; the close keeps the figures as they stood. */
export const meetings = sqliteTable(
  'meetings',
  {
    id: text().primaryKey(), // the day, or day.2 for a second one
    day: text().notNull(),
    zone: text().notNull(),
    from: instant(), // the window's start, kept at opening
    cutOff: instant(),
    openedAt: instant(),
    openedBy: text(),
    closedAt: instant(),
    closedBy: text(),
    figures: text({ mode: 'json' }), // Counts at the close; never edited
  },
  (row) => [index('meetings_by_cut_off').on(row.cutOff), index('meetings_by_day').on(row.day)],
)
/** A past morning's figure turned out otherwise: numbered, never edited in. */
export const corrections = sqliteTable(
  'corrections',
  {
    meetingId: text().notNull(),
    number: integer().notNull(),
    recordedAt: instant().notNull(),
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    figure: text().notNull(), // 'incidents.opened'
    was: real().notNull(),
    is: real().notNull(),
  },
  (row) => [primaryKey({ columns: [row.meetingId, row.number, row.figure] })],
)

/** What the room did in a meeting, in order: who came, which screen, what was taken up, parked, raised (record/meeting-state.ts). */
export const meetingEvents = sqliteTable(
  'meeting_events',
  {
    meetingId: text().notNull(), // also of one that is not opened yet
    number: integer().notNull(),
    at: instant().notNull(),
    kind: text().notNull(),
    value: text().notNull().default(''),
    by: text().notNull().default(''), // '' = did not wish to be named
    why: text().notNull().default(''),
  },
  (row) => [primaryKey({ columns: [row.meetingId, row.number] }), index('meeting_events_by_kind').on(row.kind, row.at)],
)
/** What one person gives another to see to. Nobody's until it is accepted. */
export const handOvers = sqliteTable(
  'hand_overs',
  {
    id: text().primaryKey(),
    meetingId: text().notNull(),
    at: instant().notNull(),
    by: text().notNull(),
    toId: text().notNull(),
    issue: text().notNull(),
    noticed: text().notNull().default(''), // how it was noticed
    plan: text().notNull().default(''),
    subjectKind: text(), // of what it speaks, where it is a thing on the record
    subjectId: text(),
    acceptedAt: instant(),
    acceptedBy: text(),
    returnedAt: instant(),
    returnedBy: text(),
    returnedWhy: text(),
    deputyId: text(), // to whom it went when nobody answered
    deputyAt: instant(),
  },
  (row) => [
    index('hand_overs_waiting').on(row.at).where(sql`accepted_at is null and returned_at is null`),
    index('hand_overs_of_meeting').on(row.meetingId),
  ],
)
/** A closed meeting as it was left, numbered over all meetings and never edited. What is told of a past morning is told from here. */
export const snapshots = sqliteTable(
  'snapshots',
  {
    number: integer().primaryKey(),
    meetingId: text().notNull(),
    at: instant().notNull(),
    by: text().notNull(),
    content: text({ mode: 'json' }).notNull(), // reports/snapshot.ts
    hash: text().notNull(), // sha256 of the content as written
  },
  (row) => [uniqueIndex('snapshots_of_meeting').on(row.meetingId)],
)
/** Output of a close: every service level as the meeting left it, with what was counted. */
export const levelReports = sqliteTable(
  'level_reports',
  {
    meetingId: text().notNull(),
    service: text().notNull(),
    indicator: text().notNull(),
    dayPercent: real(), // null = unknown
    weekPercent: real(),
    monthPercent: real(),
    objective: real(),
    budgetLeftMinutes: real(),
    good: real().notNull(),
    total: real().notNull(),
    unknown: real().notNull(),
    missingDays: integer().notNull(),
  },
  (row) => [primaryKey({ columns: [row.meetingId, row.service, row.indicator] })],
)
/** Output of a close: postmortems the room wants, each with who sees to its date. */
export const postmortemsDue = sqliteTable(
  'postmortems_due',
  {
    incidentId: text().notNull(),
    meetingId: text().notNull(),
    decidedAt: instant().notNull(),
    ownerId: text(),
    advice: text(), // what the rule said: yes or no
    rules: text().notNull().default(''),
    for: instant(), // when the session is held, once it has a date
  },
  (row) => [primaryKey({ columns: [row.incidentId, row.meetingId] })],
)
/** Output of a close: the problems as the room left them, in its order. */
export const problemLists = sqliteTable(
  'problem_lists',
  {
    meetingId: text().notNull(),
    place: integer().notNull(),
    problemId: text().notNull(),
    title: text().notNull(),
    state: text({ enum: problemStates }).notNull(),
    ownerId: text(),
    severity: text({ enum: severities }),
    incidentCount: integer().notNull(),
  },
  (row) => [primaryKey({ columns: [row.meetingId, row.place] })],
)
/** Output of a close: one figure a row, for month and quarter. */
export const lookBackFigures = sqliteTable(
  'look_back_figures',
  { meetingId: text().notNull(), day: text().notNull(), figure: text().notNull(), value: real().notNull() },
  (row) => [primaryKey({ columns: [row.meetingId, row.figure] }), index('look_back_figures_by_day').on(row.day)],
)

/** By which visible rule the alerts of one night become one incident by themselves; a person can always merge and split. */
export const groupings = ['off', 'group-key', 'service-and-time'] as const
export type Grouping = (typeof groupings)[number]
export const sources = sqliteTable('sources', {
  name: text().primaryKey(),
  adapter: text().notNull(), // which file of src/sources reads it
  class: text({ enum: inputClasses }).notNull(),
  silenceMs: integer(), // null = the limit of its class
  recordedAt: instant().notNull(),
  grouping: text({ enum: groupings }).notNull().default('off'),
})
/** How a source's mapping reads what it delivers: JMESPath rules as JSON (sources/generic.ts), and against what it was written. */
export const sourceMappings = sqliteTable('source_mappings', {
  source: text().primaryKey(),
  rules: text({ mode: 'json' }).notNull(),
  deliveryId: text(),
  savedAt: instant().notNull(),
  by: text().notNull().default(''),
})
/** By which a delivery proves that it comes from its tool. Several count at once, so that one can be replaced without a gap. */
export const sourceSecrets = sqliteTable(
  'source_secrets',
  {
    id: text().primaryKey(),
    source: text().notNull(),
    scheme: text().notNull(), // how it proves it: sources/signatures.ts
    sealed: text().notNull(), // with MUSTER_KEY; '' once retired
    print: text().notNull(), // tells one from another
    addedAt: instant().notNull(),
    by: text().notNull().default(''),
    retiredAt: instant(),
    retiredBy: text(),
  },
  (row) => [index('source_secrets_of_source').on(row.source)],
)
export const matchedFields = ['service', 'site', 'severity', 'owner'] as const
export type MatchedField = (typeof matchedFields)[number]
/** A name that a source really said, and what it is called here. `ours` null = nobody has decided: it stands as it came. */
export const sourceWords = sqliteTable(
  'source_words',
  {
    source: text().notNull(),
    field: text({ enum: matchedFields }).notNull(),
    theirs: text().notNull(),
    ours: text(),
    seen: integer().notNull().default(0),
    lastAt: instant(),
    decidedAt: instant(),
    by: text().notNull().default(''),
  },
  (row) => [primaryKey({ columns: [row.source, row.field, row.theirs] })],
)
/** What is fetched from a tool that does not push. `asOf` = the last time it answered; `openUntil` = left in peace until then. */
export const pulls = sqliteTable('pulls', {
  source: text().primaryKey(),
  kind: text().notNull(), // which file of src/sources/pulls reads it
  url: text().notNull(),
  options: text({ mode: 'json' }).notNull(),
  token: text(), // sealed with MUSTER_KEY; null = none needed
  everyMs: integer().notNull(),
  cursor: text(),
  triedAt: instant(),
  asOf: instant(),
  failures: integer().notNull().default(0),
  openUntil: instant(),
  fault: text(),
  recordedAt: instant().notNull(),
  by: text().notNull().default(''),
})
/** When each source said something, and of which class: by the minute, counted. */
export const inputs = sqliteTable(
  'inputs',
  {
    source: text().notNull(),
    class: text({ enum: inputClasses }).notNull(),
    minute: instant().notNull(),
    lastAt: instant().notNull(),
    count: integer().notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.source, row.class, row.minute] }),
    index('inputs_by_class').on(row.class, row.minute),
  ],
)
/** One raw message, kept before anything is made of it. `fault` = why it could not be read. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    id: text().primaryKey(), // sorts by arrival
    source: text().notNull(),
    receivedAt: instant().notNull(),
    contentType: text().notNull().default(''),
    body: blob({ mode: 'buffer' }).notNull(),
    ingestedAt: instant(),
    facts: integer(), // how many it amounted to
    fault: text(),
  },
  (row) => [
    index('deliveries_waiting').on(row.id).where(sql`ingested_at is null`),
    index('deliveries_unreadable').on(row.id).where(sql`fault is not null`),
    index('deliveries_of_source').on(row.source, row.receivedAt),
  ],
)
/** For whom a digest is written: the same figures, told at another depth. */
export const variants = ['manager', 'engineer', 'support'] as const
export type Variant = (typeof variants)[number]
export const wakings = ['hand-over', 'exposure', 'digest'] as const
export type Waking = (typeof wakings)[number]
/** How a person wishes to be told. Nobody is written to without a row here. */
export const preferences = sqliteTable('preferences', {
  personId: text().primaryKey(),
  variant: text({ enum: variants }).notNull(),
  digestFrom: instant(), // since when they get the digest; null = stopped
  time: text().notNull(), // 'HH:MM' on the wall of `zone`
  zone: text().notNull(),
  weekdays: text({ mode: 'json' }).$type<number[]>().notNull(), // 1 = Monday
  daysOff: text({ mode: 'json' }).$type<string[]>().notNull(), // besides the meeting's own holidays, unless those count
  keepsHolidays: integer({ mode: 'boolean' }).notNull(), // the meeting's holidays are theirs too
  wakings: text({ mode: 'json' }).$type<Waking[]>().notNull(), // what may be pushed to their phone
  quietFrom: text().notNull(), // 'HH:MM'; the same as quietUntil = never quiet
  quietUntil: text().notNull(),
  feed: integer().notNull().default(0), // counts how often the address of their calendar feed was drawn anew
  changedAt: instant().notNull(),
})
/** What was due for whom on which day of theirs, and what became of it: a row is the only proof that it need not be done again. */
export const runs = sqliteTable(
  'runs',
  {
    job: text().notNull(), // digest
    person: text().notNull(),
    localDate: text().notNull(),
    dueAt: instant().notNull(),
    at: instant().notNull(),
    outcome: text({ enum: ['queued', 'skipped'] }).notNull(),
    why: text().notNull().default(''), // skipped: down
  },
  (row) => [primaryKey({ columns: [row.job, row.person, row.localDate] }), index('runs_by_slot').on(row.dueAt)],
)
/** What is to leave the house, written in the batch of what caused it. Sent again under the same id until it is accepted. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(), // from its cause, so that the same cause writes one
    channel: text({ enum: ['mail', 'chat', 'push'] }).notNull(),
    kind: text().notNull(), // digest, invitation, exposure, hand-over
    to: text().notNull(), // a person, a hook, a phone
    content: text({ mode: 'json' }).notNull(),
    dueAt: instant().notNull(), // when it should have been there
    madeAt: instant().notNull(),
    nextAt: instant(), // when it is tried next; null = it is settled
    tries: integer().notNull().default(0),
    fault: text(), // of the last try
    sentAt: instant(), // accepted by the other side
    failedAt: instant(), // refused for good, or given up
  },
  (row) => [
    index('outbox_waiting').on(row.nextAt).where(sql`next_at is not null`),
    index('outbox_by_slot').on(row.dueAt),
  ],
)
/** The numbered snapshot from which mail, phone and chat all tell one morning. */
export const editions = sqliteTable(
  'editions',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    day: text().notNull(), // of the meeting
    asOf: instant().notNull(),
    meetingId: text().notNull().default(''), // as the closed meeting left it; '' = before it was closed
    madeAt: instant().notNull(),
    morning: text().notNull(), // all that is told of it, frozen (record/frozen.ts)
  },
  (row) => [uniqueIndex('editions_once').on(row.day, row.asOf, row.meetingId)],
)
/** A browser that may be woken. */
export const phones = sqliteTable(
  'phones',
  {
    id: text().primaryKey(), // of its endpoint
    personId: text().notNull(),
    endpoint: text().notNull(),
    publicKey: text().notNull(),
    auth: text().notNull(),
    addedAt: instant().notNull(),
    endedAt: instant(), // taken back, or gone
  },
  (row) => [index('phones_of_person').on(row.personId)],
)
export const hookKinds = ['slack', 'teams', 'signed'] as const
export type HookKind = (typeof hookKinds)[number]
/** A chat room, or another program, that is told. */
export const hooks = sqliteTable('hooks', {
  id: text().primaryKey(),
  name: text().notNull(),
  kind: text({ enum: hookKinds }).notNull(),
  sealed: text().notNull(), // its address and secret, with MUSTER_KEY; '' once retired
  tells: text({ mode: 'json' }).$type<string[]>().notNull(), // digest, exposures
  time: text().notNull(), // of its digest, on the wall of the meeting's zone
  addedAt: instant().notNull(),
  by: text().notNull().default(''),
  retiredAt: instant(),
})
/** What people were invited to, and the number by which a calendar knows the newer word. */
export const invitations = sqliteTable('invitations', {
  id: text().primaryKey(), // postmortem:INCIDENT
  at: instant().notNull(), // of the session
  untilAt: instant().notNull(),
  sequence: integer().notNull(),
  people: text({ mode: 'json' }).$type<string[]>().notNull(),
  toldAt: instant().notNull(),
  cancelledAt: instant(),
})
/** The past of every row: how it was before and after each change, written by triggers in the change's own transaction. */
export const versions = sqliteTable(
  'versions',
  {
    number: integer().primaryKey(),
    at: instant().notNull(),
    by: text().notNull(), // who; '' = nobody said
    why: text().notNull(),
    source: text().notNull(), // what told it: room, a source's name, muster; outside = not through Muster
    saving: integer().notNull(), // the number of the first version of its transaction
    tableName: text().notNull(),
    row: text().notNull(), // its key, a JSON list
    was: text(), // JSON of its columns; null = it was not there
    became: text(), // null = it is gone
    hash: text(), // sha3-256 of the hash before it and all of this; null = a server without sha3 has not sealed it yet
  },
  (row) => [index('versions_of_row').on(row.tableName, row.row), index('versions_by_time').on(row.at)],
)
/** Who is writing, while they write: one row, told at the beginning of a transaction and emptied at its end. */
export const speaking = sqliteTable('speaking', {
  id: integer().primaryKey(),
  at: instant(),
  by: text(),
  why: text(),
  source: text(),
  saving: integer(),
})
/** That the backup was restored elsewhere and looked at, every day: the proof that it can be. */
export const drills = sqliteTable('drills', {
  at: instant().primaryKey(),
  fault: text(), // null = it was good
  snapshot: text().notNull().default(''), // which one it began from
  versions: integer().notNull().default(0), // up to which the restored record reached
  rows: integer().notNull().default(0),
  tookMs: integer().notNull().default(0),
})
