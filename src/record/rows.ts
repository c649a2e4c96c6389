import type {
  actions,
  changeEvents,
  changes,
  complaints,
  exposureEvents,
  forecasts,
  incidentEvents,
  incidentProblems,
  incidents,
  needs,
  people,
  plannedEvents,
  problemEvents,
  problems,
  serviceLevels,
  services,
  siteEvents,
} from './schema.ts'

/** A stored row in the contract's columns: what an export writes and an import reads. */
export type Row = Readonly<Record<string, string | number | boolean | null>>
/** What lies in tables beside the row's own. */
export interface Beside {
  links?: readonly (typeof incidentProblems.$inferSelect)[]
  needs?: readonly (typeof needs.$inferSelect)[]
}

export function incident(row: typeof incidents.$inferSelect, { links = [] }: Beside): Row {
  const [problem = null] = links.flatMap((link) => (link.incidentId === row.id ? [link.problemId] : [])).sort()
  const since = (at: Date | null) => iso(at && at >= row.startedAt ? at : null)
  return {
    id: row.id,
    title: row.title,
    startedAt: iso(row.startedAt),
    service: row.service,
    severity: row.severity,
    detectedAt: since(row.detectedAt),
    acknowledgedAt: since(row.acknowledgedAt),
    mitigatedAt: since(row.mitigatedAt),
    resolvedAt: since(row.resolvedAt),
    owner: row.ownerId,
    team: row.team,
    site: row.site,
    customerMinutes: row.customerMinutes,
    problem,
    change: row.changeId,
    url: row.url,
    class: row.class,
  }
}

export function incidentEvent(row: typeof incidentEvents.$inferSelect): Row {
  return { incident: row.incidentId, ...happening(row) }
}

export function incidentSnapshot(row: typeof incidentEvents.$inferSelect): Row {
  const { ownerId, problemId, changeId, ...told } = JSON.parse(row.value) as Row // written by toldText
  const renamed = { owner: ownerId, problem: problemId, change: changeId }
  const columns = Object.entries({ ...told, ...renamed }).filter(([, value]) => value !== undefined)
  return { incident: row.incidentId, at: iso(row.at), ...Object.fromEntries(columns) }
}

export function problem(row: typeof problems.$inferSelect): Row {
  const since = (at: Date | null) => (at && at >= row.openedAt ? at : null)
  const isTimed = since(row.fixedAt) === row.fixedAt && since(row.closedAt) === row.closedAt
  return {
    id: row.id,
    title: row.title,
    openedAt: iso(row.openedAt),
    service: row.service,
    owner: row.ownerId,
    state: isTimed ? row.state : null,
    fixedAt: iso(since(row.fixedAt)),
    closedAt: iso(since(row.closedAt)),
    severity: row.severity,
    architectural: row.architectural,
  }
}

export function problemEvent(row: typeof problemEvents.$inferSelect): Row {
  return { problem: row.problemId, ...happening(row) }
}

export function change({ id, at, what, service, site, who, url, kind }: typeof changes.$inferSelect): Row {
  return { id, at: iso(at), what, service, site, who, url, kind }
}

export function changeEvent(row: typeof changeEvents.$inferSelect): Row {
  return { change: row.changeId, ...happening(row) }
}

export function serviceLevel(row: typeof serviceLevels.$inferSelect): Row {
  const { service, indicator, day, good, total, unknown, p50, p95, zone } = row
  return { service, indicator, day, good, total, unknown, p50, p95, zone }
}

export function complaint(row: typeof complaints.$inferSelect): Row {
  const { id, at, text, service, class: from, incidentId, count, by } = row
  return { id, at: iso(at), text, service, class: from, incident: incidentId, count, by: by || null }
}

export function forecast({ id, madeAt, service, what, dueAt, confidence }: typeof forecasts.$inferSelect): Row {
  return { id, madeAt: iso(madeAt), service, what, dueAt: iso(dueAt), confidence }
}

export function site(row: typeof siteEvents.$inferSelect): Row {
  const { service, site, at, state, capacityPercent, by } = row
  return { service, site, at: iso(at), state, capacityPercent, by: by || null }
}

export function exposureEvent(row: typeof exposureEvents.$inferSelect): Row {
  return { service: row.service, ...happening(row) }
}

export function plannedEvent(row: typeof plannedEvents.$inferSelect): Row {
  const { id, title, from, to, service, peakPercent, valuePerMinute, currency } = row
  return { id, title, from: iso(from), to: iso(to), service, peakPercent, valuePerMinute, currency }
}

export function person(row: typeof people.$inferSelect): Row {
  const { name, email, role, function: part, zone, deputy, closedAt } = row
  return { name, email, role, function: part, zone, deputy, closedAt: iso(closedAt) }
}

/** needs as 'search payments:pair', objectives as 'latency=99', each name with its blanks and colons escaped as in an address. */
export function service(row: typeof services.$inferSelect, { needs = [] }: Beside): Row {
  const own = needs.filter((need) => need.service === row.id)
  const words = own.map((need) => [need.needs, need.group].filter(Boolean).map(escaped).join(':')).sort()
  const { id, tier, objective, sitesRequired, team } = row
  const objectives = Object.entries(row.objectives).map(([indicator, percent]) => `${escaped(indicator)}=${percent}`)
  const more = { needs: words.join(' ') || null, objectives: objectives.sort().join(' ') || null }
  return { service: id, tier, objective, sitesRequired, team, ...more }
}

export function action(row: typeof actions.$inferSelect): Row {
  const { id, title, openedAt, ownerId, dueAt, state, acknowledgedAt, endedAt, originKind, originId } = row
  const times = { dueAt: iso(dueAt), state, acknowledgedAt: iso(acknowledgedAt), endedAt: iso(endedAt) }
  return { id, title, openedAt: iso(openedAt), owner: ownerId, ...times, originKind, originId }
}

export interface Said {
  at: Date
  kind: string
  value: string
  by: string
  why: string
}

export function happening({ at, kind, value, by, why }: Said): Row {
  return { at: iso(at), kind, value: value || null, by: by || null, why: why || null }
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null
}

function escaped(name: string): string {
  return name.replace(/[\s:%=]/g, encodeURIComponent)
}
