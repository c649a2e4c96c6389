import type { Subject } from './export.ts'
import type { Promised } from './slo.ts'

type Read = Promised | { name: string; fault: string }

/**
 * Promises as facts and as queries. Each indicator has its own objective; that of the service itself is its availability's,
 * where one is called so, else the first that is told.
 */
export function subjectsFrom(read: readonly Read[]): Subject[] {
  const chief = new Map<string, Promised>()
  for (const promised of read) {
    if ('fault' in promised) continue
    const before = chief.get(promised.service)
    if (!before || (isAvailability(promised) && !isAvailability(before))) chief.set(promised.service, promised)
  }
  return read.map((promised) =>
    'fault' in promised ? { ...promised, facts: [] } : subjectFrom(promised, chief.get(promised.service) === promised),
  )
}

function subjectFrom({ service, indicator, objective, team, goodEvents, events }: Promised, isChief: boolean): Subject {
  const told = { kind: 'service', id: service, tier: null, sitesRequired: null, needs: null } as const
  return {
    name: `${service} ${indicator}`,
    facts: [
      { ...told, objective: isChief ? objective : null, team: team ?? null, objectives: { [indicator]: objective } },
    ],
    ...(goodEvents && events ? { level: { service, indicator, goodEvents, events } } : {}),
  }
}

function isAvailability({ indicator }: Promised): boolean {
  return /availab/i.test(indicator)
}
