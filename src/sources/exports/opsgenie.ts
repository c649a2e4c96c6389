import type { Fact } from '../../record/fact.ts'
import { instantIn } from '../mapping/values.ts'
import { asSaid, asTitle, type Said, webAddress } from '../said.ts'
import { severityFrom } from '../severities.ts'
import { happened, known } from '../tellings.ts'
import { jsonIn, type Subject, type ToolExport } from './export.ts'

const mend =
  'take what the alert, incident and user APIs answer, their data, or {"alerts": [...], "incidents": [...], "users": [...]}'

/**
 * Opsgenie, as its list APIs and its export tool hand it over: alerts and incidents become incidents under the ids its
 * webhooks use, users become people. When an alert was acknowledged and closed is told by its report.
 */
export const opsgenie: ToolExport = {
  name: 'opsgenie',
  title: 'Opsgenie: alerts, incidents and users',
  source: 'opsgenie',
  class: 'automated',

  async read(text) {
    const json = asSaid(jsonIn(text, mend))
    const rows = json.has('data')
      ? json.list('data')
      : json.list('').filter((row) => !row.has('alerts') && !row.has('incidents') && !row.has('users'))
    const named = ['alerts', 'incidents', 'users'].flatMap((name) => json.list(name))
    return [...rows, ...named].map(subjectOf)
  },
}

function subjectOf(row: Said, place: number): Subject {
  if (row.has('username') && row.has('fullName')) return personOf(row)
  const id = row.text('id', 'alertId')
  const title = row.text('message')
  const startedAt = instant(row, 'impactStartDate', 'createdAt', 'created_at')
  const name = row.text('tinyId', 'id') ?? `row ${place + 1}`
  if (id === undefined || title === undefined) return { name, facts: [], fault: `id or message: is missing; ${mend}` }
  if (startedAt === undefined) return { name, facts: [], fault: 'createdAt: is missing, or no instant' }

  const incidentId = `opsgenie:${id}`
  const told = known({
    title: asTitle(title),
    startedAt,
    detectedAt: instant(row, 'impactDetectDate'),
    service: row.text('details.service', 'entity', 'impactedServices.0', 'extraProperties.service'),
    severity: severityFrom(row.text('priority')),
    ownerId: row.text('owner', 'report.acknowledgedBy'),
    team: row.text('ownerTeam', 'responders.0.name', 'teams.0.name'),
    site: row.text('details.datacenter', 'details.site', 'details.region'),
    url: webAddress(row.text('links.web'), row.text('url')),
    class: 'automated' as const,
  })
  return {
    name,
    facts: [{ kind: 'incident', id: incidentId, at: startedAt, told }, ...lifeOf(row, incidentId, startedAt)],
  }
}

function lifeOf(row: Said, id: string, startedAt: Date): Fact[] {
  const status = row.text('status')?.toLowerCase() ?? ''
  const updatedAt = instant(row, 'updatedAt', 'lastOccurredAt') ?? startedAt
  const [ackMs, closeMs] = [
    Number(row.text('report.ackTime') ?? Number.NaN),
    Number(row.text('report.closeTime') ?? Number.NaN),
  ]
  const after = (ms: number) => (Number.isFinite(ms) ? new Date(startedAt.getTime() + ms) : undefined)
  const ended = instant(row, 'impactEndDate') ?? after(closeMs) ?? updatedAt
  const isOver = /^(closed|resolved)$/.test(status)
  const isTaken = row.text('acknowledged') === 'true'
  const taken = after(ackMs) ?? (isTaken && !isOver ? updatedAt : undefined)
  return [
    ...(taken ? happened(id, 'acknowledged', taken, { by: row.text('report.acknowledgedBy') }) : []),
    ...(isOver ? happened(id, 'resolved', ended, { by: row.text('report.closedBy') }) : []),
    ...happened(id, 'note', startedAt, { value: row.text('description') }),
  ]
}

function personOf(row: Said): Subject {
  const email = row.text('username') ?? ''
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return { name: email, facts: [], fault: 'username: is no e-mail address' }
  const person = { name: row.text('fullName') ?? email, email, role: row.text('role.name') ?? null }
  const zone = row.text('timeZone') ?? null
  return { name: email, facts: [{ kind: 'person', ...person, function: null, zone, deputy: null }] }
}

function instant(row: Said, ...paths: string[]): Date | undefined {
  const text = row.text(...paths)
  return text === undefined ? undefined : instantIn(text, 'UTC')
}
