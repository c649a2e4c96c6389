import type { IncidentEvent } from './incident-state.ts'

/** How an incident is run while it lasts: who runs it, what was promised, what of the checklist is done. */
export interface Outage {
  incidentId: string
  runnerId: string | null // the outage manager
  since: Date | null // when they took it over
  note: string // what they were handed over
  promises: Promised[]
  ticks: { step: string; at: Date; by: string; skipped: string | null }[] // skipped: why; null = done
}
export interface Promised {
  said: string // as it is kept: by this it is named
  what: string
  dueAt: Date
  by: string
  at: Date
  keptAt: Date | null
}

export function outageOf(incidentId: string, events: readonly IncidentEvent[]): Outage {
  const outage: Outage = { incidentId, runnerId: null, since: null, note: '', promises: [], ticks: [] }
  for (const event of events.toSorted(earlierFirst)) live(outage, event)
  return outage
}

/** As it is kept: an instant, a blank, what. */
export function promiseText({ dueAt, what }: Pick<Promised, 'dueAt' | 'what'>): string {
  return `${dueAt.toISOString()} ${what}`
}

function live(outage: Outage, { at, kind, value, by, why }: IncidentEvent): void {
  switch (kind) {
    case 'outage-manager':
      Object.assign(outage, { runnerId: value || null, since: at, note: why })
      break
    case 'promised':
      if (!outage.promises.some(({ said }) => said === value))
        outage.promises.push({ said: value, ...promiseIn(value), by, at, keptAt: null })
      break
    case 'promise-kept':
      Object.assign(outage.promises.find(({ said }) => said === value) ?? {}, { keptAt: at })
      break
    case 'checked':
    case 'skipped':
      if (!outage.ticks.some(({ step }) => step === value))
        outage.ticks.push({ step: value, at, by, skipped: kind === 'skipped' ? why : null })
      break
  }
}

function promiseIn(value: string): Pick<Promised, 'dueAt' | 'what'> {
  const [at = '', ...what] = value.split(' ')
  return { dueAt: new Date(at), what: what.join(' ') }
}

function earlierFirst(a: IncidentEvent, b: IncidentEvent): number {
  return a.at.getTime() - b.at.getTime() || a.rank - b.rank || a.recordedAt.getTime() - b.recordedAt.getTime()
}
