import { type PathIn, pathsIn, step } from './paths-in.ts'
import type { Rule } from './rules.ts'
import { instantIn } from './values.ts'

/**
 * A first rule for a delivery nobody has mapped yet, guessed from the names of its fields: one incident for the whole, or
 * one for each thing of its longest list. It is only what the person begins with.
 */
export function draftRule(json: unknown): Rule {
  const each = Array.isArray(json) ? '@' : listIn(json)
  const things = each === '@' ? json : each === '' ? json : (json as Record<string, unknown>)[unquoted(each)]
  const paths = pathsIn(Array.isArray(things) ? things[0] : things)
  const columns = Object.entries(wanted).map(([column, names]) => [column, bestOf(paths, column, names)])
  return { kind: 'incidents', when: '', each, columns: Object.fromEntries(columns.filter(([, path]) => path !== '')) }
}

const wanted: Record<string, readonly string[]> = {
  id: ['incident_id', 'alert_id', 'alertid', 'fingerprint', 'id', 'uuid', 'key', 'number', 'reference'],
  title: ['title', 'name', 'summary', 'subject', 'message', 'alertname', 'description', 'text'],
  startedAt: [
    'started_at',
    'startsat',
    'start_time',
    'created_at',
    'createdat',
    'created',
    'opened_at',
    'opened',
    'began',
    'triggered_at',
    'timestamp',
    'time',
    'date',
  ],
  resolvedAt: ['resolved_at', 'resolvedat', 'endsat', 'ended_at', 'closed_at', 'end_time'],
  state: ['state', 'status', 'current_state', 'phase'],
  at: ['updated_at', 'updatedat', 'last_update', 'modified', 'sent'],
  severity: ['severity', 'priority', 'prio', 'sev', 'urgency', 'level', 'impact'],
  service: ['service', 'service_name', 'component', 'app', 'application', 'system', 'monitor', 'host'],
  site: ['site', 'datacenter', 'region', 'location', 'dc', 'zone'],
  owner: ['assignee', 'owner', 'assigned_to', 'responder', 'who'],
  url: ['html_url', 'permalink', 'url', 'link', 'href'],
}

/** The path whose last step (or the one before a name) bears the best of the names: beside the title first, then the shallowest. */
function bestOf(paths: readonly PathIn[], column: string, names: readonly string[]): string {
  const titled = paths.filter(({ path }) => ['title', 'name', 'summary'].includes(nameOf(path).toLowerCase()))
  const home = parentOf(titled.toSorted(shallowestFirst)[0]?.path ?? '')
  const fitting = paths.filter(({ value }) => fits(column, value))
  const bearing = names.map((name) =>
    fitting
      .filter(({ path }) => [nameOf(path), subjectOf(path)].some((said) => isNamed(said, name)))
      .toSorted(shallowestFirst),
  )
  const beside = bearing.flat().find(({ path }) => parentOf(path) === home || parentOf(parentOf(path)) === home)
  return (beside ?? bearing.flat()[0])?.path ?? ''
}

function shallowestFirst(a: PathIn, b: PathIn): number {
  return steps(a.path).length - steps(b.path).length
}

function parentOf(path: string): string {
  return steps(path).slice(0, -1).join('.')
}

function nameOf(path: string): string {
  return unquoted(steps(path).at(-1) ?? '')
}

// Of severity.name the severity, of assignee.email the assignee.
function subjectOf(path: string): string {
  const [before, last] = steps(path).slice(-2).map(unquoted)
  return last !== undefined && /^(?:name|summary|slug|email|login)$/i.test(last) && before !== undefined
    ? before
    : nameOf(path)
}

function fits(column: string, value: PathIn['value']): boolean {
  if (column === 'url') return typeof value === 'string' && /^https?:\/\//i.test(value)
  return /At$|^at$/.test(column)
    ? instantIn(String(value), 'UTC') !== undefined
    : typeof value !== 'boolean' && value !== ''
}

function isNamed(step: string, name: string): boolean {
  return (
    unquoted(step)
      .toLowerCase()
      .replace(/[^a-z]/g, '') === name.replace(/[^a-z]/g, '')
  )
}

function steps(path: string): string[] {
  return path.match(/"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*/g) ?? []
}

function unquoted(step: string): string {
  return step.startsWith('"') ? String(JSON.parse(step)) : step
}

function listIn(json: unknown): string {
  if (typeof json !== 'object' || json === null) return ''
  const lists = Object.entries(json).filter(
    ([name, value]) =>
      /^(?:alerts|incidents|events|issues|items|records)$/i.test(name) &&
      Array.isArray(value) &&
      typeof value[0] === 'object',
  )
  return lists[0] ? step(lists[0][0]) : ''
}
