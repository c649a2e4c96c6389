import type { Subject } from '../src/agenda/shapes.ts'

/** Every address in the house, written once. Days are 'YYYY-MM-DD'; ids are escaped here and nowhere else. */
export const paths = {
  morning: '/',
  firstWord: '/?first=word', // the first-run page, also once something was heard
  checkIn: '/check-in',
  taps: '/check-in/taps', // kind hand-over|action|raise; id, deed accept|return|done|help, text, unnamed, at
  phones: '/check-in/phones', // JSON of a browser's push subscription
  worker: '/check-in/worker.js',
  /** What was sent, what waits, what was refused. */
  letters: '/letters',
  bounces: '/letters/bounces',
  /** Chat rooms and programs that are told. */
  hooks: '/hooks', // name, kind, url, secret, tells.digest, tells.exposures, time
  hookTrial: (id: string) => `/hooks/${part(id)}/trial`,
  hookRetirement: (id: string) => `/hooks/${part(id)}/retirement`,
  /** How a person wishes to be told. */
  wishes: (personId: string) => `/people/${part(personId)}/digest`,
  newFeed: (personId: string) => `/people/${part(personId)}/feed`,
  /** Somebody's calendar: the token is all it asks. */
  feed: (token: string) => `/calendar/${token}.ics`,
  /** Stops one person's digest, by the mail program's one click too. Short: a folded header breaks signatures. */
  stop: (token: string) => `/u/${token}`,
  /** One deed that a letter offers, done by a confirming tap. */
  offer: (token: string) => `/d/${token}`,
  meetings: '/meetings',
  meeting: (day: string) => `/meetings/${day}`,
  live: '/live', // server-sent events; ?since= an id, ?meeting= a day
  projector: (day: string) => `/meetings/${day}/projector`,
  opening: (day: string) => `/meetings/${day}/opening`,
  adjournment: (day: string) => `/meetings/${day}/adjournment`,
  run: (day: string) => `/meetings/${day}/run`, // wherever the room is
  runAt: (day: string, name: string) => `/meetings/${day}/run/${name.split('/').map(part).join('/')}`,
  minutes: (day: string) => `/meetings/${day}/minutes`,
  minutesAs: (day: string, form: 'md' | 'txt') => `/meetings/${day}/minutes.${form}`,
  join: '/join', // ?code=
  handOvers: '/hand-overs',
  handOver: (id: string) => `/hand-overs/${part(id)}`,

  incidents: '/incidents',
  incident: (id: string) => `/incidents/${part(id)}`,
  problems: '/problems',
  problem: (id: string) => `/problems/${part(id)}`,
  changes: '/changes',
  change: (id: string) => `/changes/${part(id)}`,
  exposures: '/exposures',
  exposure: (id: string) => `/exposures/${part(id)}`,
  serviceLevels: '/service-levels',
  service: (id: string) => `/service-levels/${part(id)}`,
  serviceDays: (id: string, indicator: string, span: number) =>
    `/service-levels/${part(id)}?indicator=${part(indicator)}&days=${span}#${part(`days-${indicator}`)}`,
  complaints: '/complaints',
  complaint: (id: string) => `/complaints/${part(id)}`,
  forecasts: '/forecasts',
  forecast: (id: string) => `/forecasts/${part(id)}`,
  actions: '/actions',
  action: (id: string) => `/actions/${part(id)}`,
  postmortems: '/postmortems',
  postmortem: (incidentId: string) => `/postmortems/${part(incidentId)}`,
  people: '/people',
  person: (id: string) => `/people/${part(id)}`,
  backup: '/backup',
  /** The past: what was saved last, one saving, a thing's own, a table's. ?to= an instant previews a restoration. */
  past: '/history',
  saving: (number: number) => `/history/${number}`,
  pastOf: (kind: string, id: string) => `/${kind}/${part(id)}/history`,
  tablePast: (table: string) => `/history/tables/${part(table)}`,
  difference: (day: string) => `/meetings/${day}/difference`, // ?with= another day
  sources: '/sources',
  source: (name: string) => `/sources/${part(name)}`,
  mapping: (name: string) => `/sources/${part(name)}/mapping`,
  matching: (name: string) => `/sources/${part(name)}/matching`,
  pull: (name: string) => `/sources/${part(name)}/pull`,
  plannedEvent: (id: string) => `/forecasts/events/${part(id)}`,

  signIn: '/sign-in', // POST email, next
  signInLink: (secret: string) => `/sign-in/links/${part(secret)}`, // POST name, email for the first administrator
  signInProvider: '/sign-in/provider',
  signInCallback: '/sign-in/provider/callback',
  signInPasskey: '/sign-in/passkey', // JSON: credential, next; its challenge beside it
  signOut: '/sign-out',
  me: '/me', // one's own sessions and passkeys
  passkeys: '/me/passkeys', // JSON: credential, name; its challenge beside it
  challenge: (of: string) => `${of}/challenge`,
  wall: '/projector', // enrols itself, then leads to today's
  projectors: '/projectors', // POST code, name
  tokens: '/tokens', // POST name, scopes, days
  audit: '/audit',

  /** Who sits at this screen, until somebody signed in. POST `name`. */
  whoami: '/whoami',
  theme: '/theme', // POST `theme`: auto, light, dark
  /** Told by hand: the three one-line forms. */
  byHand: '/by-hand',
  api: '/api/v1',
  scim: '/scim/v2',
  apiDocs: '/api/v1/docs',
  openapi: '/api/v1/openapi.json',
  agendaAsData: '/api/v1/agenda',
}

/**
 * What the room may do to a thing: POST its form there. The fields of each form stand beside it;
 * every form may carry `back`, the path to return to.
 */
export const deeds = {
  incident: {
    owner: (id: string) => `${paths.incident(id)}/owner`, // owner
    severity: (id: string) => `${paths.incident(id)}/severity`, // severity
    mitigation: (id: string) => `${paths.incident(id)}/mitigation`,
    resolution: (id: string) => `${paths.incident(id)}/resolution`,
    closing: (id: string) => `${paths.incident(id)}/closing`,
    reopening: (id: string) => `${paths.incident(id)}/reopening`, // why
    postmortem: (id: string) => `${paths.incident(id)}/postmortem`, // decision yes|no|later, why
    session: (id: string) => `${paths.incident(id)}/postmortem/session`, // for: local date and time
    note: (id: string) => `${paths.incident(id)}/notes`, // text
    merge: (id: string) => `${paths.incident(id)}/merge`, // into (id), why
    split: (id: string) => `${paths.incident(id)}/split`, // why
    cause: (id: string) => `${paths.incident(id)}/cause`, // change (id), or none
    problem: (id: string) => `${paths.incident(id)}/problems`, // problem (id), or title for a new one
  },
  problem: {
    owner: (id: string) => `${paths.problem(id)}/owner`, // owner
    state: (id: string) => `${paths.problem(id)}/state`, // state, why
    note: (id: string) => `${paths.problem(id)}/notes`, // text
  },
  exposure: {
    owner: (id: string) => `${paths.exposure(id)}/owner`, // owner
    plan: (id: string) => `${paths.exposure(id)}/plan`, // plan
    eta: (id: string) => `${paths.exposure(id)}/eta`, // eta: local date and time
    note: (id: string) => `${paths.exposure(id)}/notes`, // text
  },
  action: {
    owner: (id: string) => `${paths.action(id)}/owner`, // owner
    due: (id: string) => `${paths.action(id)}/due`, // due: a day
    acknowledgement: (id: string) => `${paths.action(id)}/acknowledgement`,
    completion: (id: string) => `${paths.action(id)}/completion`,
    dropping: (id: string) => `${paths.action(id)}/dropping`, // why
  },
  past: {
    restoration: (kind: string, id: string) => `/${kind}/${part(id)}/restoration`, // to, why
    tableRestoration: (table: string) => `${paths.tablePast(table)}/restoration`, // to, why
    undoing: (number: number) => `${paths.saving(number)}/undoing`, // why
  },
  change: {
    rollback: (id: string) => `${paths.change(id)}/rollback`, // why
    denial: (id: string) => `${paths.change(id)}/denial`, // why
    course: (id: string) => `${paths.change(id)}/course`, // course hold|go-on|watch, why
  },
  complaint: { incident: (id: string) => `${paths.complaint(id)}/incident` }, // incident (id)
  session: { ending: (id: string) => `${paths.me}/sessions/${part(id)}/ending`, others: `${paths.me}/sessions/ending` },
  passkey: { removal: (id: string) => `${paths.passkeys}/${part(id)}/removal` },
  person: {
    change: (id: string) => paths.person(id), // name, function, zone, deputy
    roles: (id: string) => `${paths.person(id)}/roles`, // a field for each role
    teams: (id: string) => `${paths.person(id)}/teams`, // teams, by commas
    closing: (id: string) => `${paths.person(id)}/closing`,
    reopening: (id: string) => `${paths.person(id)}/reopening`,
    forgetting: (id: string) => `${paths.person(id)}/forgetting`, // name, to be sure
    link: (id: string) => `${paths.person(id)}/link`, // a link to sign in by mail
    signOut: (id: string) => `${paths.person(id)}/sessions/ending`,
  },
  service: { team: (id: string) => `${paths.service(id)}/team` }, // team
  projector: { revocation: (id: string) => `${paths.projectors}/${part(id)}/revocation` },
  token: { revocation: (id: string) => `${paths.tokens}/${part(id)}/revocation` },
  source: {
    silence: (name: string) => `${paths.source(name)}/silence`, // minutes
    adapter: (name: string) => `${paths.source(name)}/adapter`, // adapter, class
    mappingTrial: (name: string) => `${paths.mapping(name)}/trial`, // delivery, zone, class, rule.0.kind ..., step
    matches: (name: string) => paths.matching(name), // ours.0, field.0, theirs.0 ...
    pull: (name: string) => paths.pull(name), // kind, url, every (minutes), options, token
    pullEnd: (name: string) => `${paths.pull(name)}/end`,
    grouping: (name: string) => `${paths.source(name)}/grouping`, // grouping
    secret: (name: string) => `${paths.source(name)}/secret`, // secret, scheme
    retirement: (name: string, id: string) => `${paths.source(name)}/secrets/${part(id)}/retirement`,
    confirmation: (name: string, deliveryId: string) =>
      `${paths.source(name)}/deliveries/${part(deliveryId)}/confirmation`,
    replay: (name: string, deliveryId: string) => `${paths.source(name)}/deliveries/${part(deliveryId)}/replay`,
  },
  /** What the room does in its meeting. */
  meeting: {
    screen: (day: string) => `${paths.meeting(day)}/screen`, // to, from: names of stops
    attendance: (day: string) => `${paths.meeting(day)}/attendance`, // person, writes, left
    parts: (day: string) => `${paths.meeting(day)}/parts`, // facilitator, scribe
    parking: (day: string) => `${paths.meeting(day)}/parking`, // subject, why
    extension: (day: string) => `${paths.meeting(day)}/extension`, // screen, time: the how-manieth
    card: (day: string, incidentId: string) => `${paths.meeting(day)}/cards/${part(incidentId)}`, // owner, problem, title, decision, why, seen, next
    raised: (day: string) => `${paths.meeting(day)}/raised`, // text, about, unnamed
    answers: (day: string) => `${paths.meeting(day)}/answers`, // number, answer
    notes: (day: string) => `${paths.meeting(day)}/notes`, // text
    ticks: (day: string) => `${paths.meeting(day)}/ticks`, // step, skipped
    handOvers: (day: string) => `${paths.meeting(day)}/hand-overs`, // to, issue, noticed, plan, kind, id
    remarks: (day: string) => `${paths.meeting(day)}/remarks`, // text
  },
  handOver: {
    acceptance: (id: string) => `${paths.handOver(id)}/acceptance`,
    return: (id: string) => `${paths.handOver(id)}/return`, // why
  },
  outage: {
    runner: (id: string) => `${paths.incident(id)}/outage-manager`, // person, note
    promises: (id: string) => `${paths.incident(id)}/promises`, // what, due
    keeping: (id: string) => `${paths.incident(id)}/promises/keeping`, // said
    ticks: (id: string) => `${paths.incident(id)}/ticks`, // step, skipped
    correction: (id: string) => `${paths.incident(id)}/correction`, // severity, customerMinutes, startedAt, resolvedAt
  },
  // By hand, in one line: POST to the lists themselves.
  newIncident: paths.incidents, // line, severity
  newChange: paths.changes, // line
  newComplaint: paths.complaints, // line
  newAction: paths.actions, // title, owner, due, originKind, originId
}

/** Where one reads about it. A service has its page among the service levels. */
export function pathTo({ kind, id }: Subject): string {
  switch (kind) {
    case 'exposure':
      return paths.exposure(id)
    case 'action':
      return paths.action(id)
    case 'service':
      return paths.service(id)
    case 'incident':
      return paths.incident(id)
    case 'problem':
      return paths.problem(id)
    case 'complaint':
      return paths.complaint(id)
    case 'forecast':
      return paths.forecast(id)
    case 'change':
      return paths.change(id)
    case 'source':
      return paths.source(id)
    case 'input':
      return paths.sources
    case 'planned-event':
      return paths.plannedEvent(id)
    case 'letter':
      return paths.letters
    case 'backup':
      return paths.backup
    case 'correction':
      return `${paths.meeting(id.slice(0, 10))}#corrections`
  }
}

/** The same address with words after the question mark; empty ones are left out. */
export function withWords(path: string, words: Record<string, string | null | undefined>): string {
  const said = Object.entries(words).filter((word): word is [string, string] => Boolean(word[1]))
  return said.length === 0 ? path : `${path}?${new URLSearchParams(said)}`
}

function part(id: string): string {
  return encodeURIComponent(id)
}
