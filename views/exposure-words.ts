import type { Escalation, ExposureReason } from '../src/agenda/reason.ts'
import { listed, money, points, type Reading, spell, when } from './figures.ts'

/** Why a service that could not survive the loss of one more site is on the agenda, the weightiest first. */
export function exposureClauses(reason: ExposureReason, reading: Reading): string[] {
  const since = (at: Date) => spell(reading.asOf.getTime() - at.getTime())
  switch (reason.kind) {
    case 'alone':
      return [
        `on ${listed(reason.sites) || 'no site'} alone for ${since(reason.since)}, since ${when(reason.since, reading)}`,
        headroomClause(reason, reading),
        ...promiseClauses(reason, reading),
        ...escalationClauses(reason.escalation),
      ]
    case 'unproven':
      return [
        `nobody knows whether it would survive the loss of ${listed(reason.sites) || 'a site'}`,
        `${listed(reason.silentSites) || 'a site'} has not said how it stands since ${when(reason.since, reading)}`,
        ...missingClauses(reason.missing),
        ...escalationClauses(reason.escalation),
      ]
    case 'redundant again':
      return [
        `redundant again since ${when(reason.until, reading)}, after ${spell(reason.until.getTime() - reason.since.getTime())} alone`,
      ]
    case 'thin':
      return [
        `needs ${reason.peakPercent} % of capacity from ${when(reason.from, reading)}; ${reason.service} has ${reason.remainingPercent} % left`,
        `${points(reason.peakPercent - reason.remainingPercent)} short`,
      ]
  }
}

type Alone = Extract<ExposureReason, { kind: 'alone' }>

function headroomClause({ headroomPoints, peak, valueAtRiskPerMinute, currency }: Alone, reading: Reading): string {
  const occasion = peak ? `at ${when(peak.from, reading)} for ${peak.title}` : "for today's peak"
  const room =
    headroomPoints === null
      ? 'headroom unknown'
      : headroomPoints < 0
        ? `${points(headroomPoints)} short ${occasion}`
        : `${points(headroomPoints)} to spare ${occasion}`
  return valueAtRiskPerMinute === null ? room : `${room}, ${money(valueAtRiskPerMinute, currency)} a minute at risk`
}

function promiseClauses({ eta, missing }: Alone, reading: Reading): string[] {
  const promise = eta
    ? eta < reading.asOf
      ? [`promised back by ${when(eta, reading)}, ${spell(reading.asOf.getTime() - eta.getTime())} late`]
      : [`promised back by ${when(eta, reading)}`]
    : []
  return [...promise, ...missingClauses(missing)]
}

function missingClauses(missing: Alone['missing']): string[] {
  const names = { owner: 'owner', plan: 'plan', eta: 'ETA' }
  return missing.length === 0 ? [] : [missing.map((lack) => `no ${names[lack]}`).join(', ')]
}

function escalationClauses(escalation: Escalation): string[] {
  switch (escalation) {
    case 'room':
      return []
    case 'manager':
      return ['past 4 h: the manager must know']
    case 'director':
      return ['past 24 h: the director must know']
    case 'subject line':
      return ['past 72 h: named in the subject line of every mail']
  }
}
