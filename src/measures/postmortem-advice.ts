import type { Alike, Exposure, Incident, Service } from '../record/shapes.ts'
import { isNearMiss } from './customer-minutes.ts'
import { isRecurring } from './recurrence.ts'

/** The advised answer and the rules behind it (S36). */
export interface Advice {
  answer: 'yes' | 'no'
  rules: PostmortemRule[]
}
export type PostmortemRule = 'severity' | 'customer-minutes' | 'repeated' | 'exposure' | 'near miss'

/** From how many customer-minutes on an incident is worth a postmortem, by the tier of its service (S46). Proposed by us. */
export const worthLearningFrom = { critical: 100, standard: 1_000, experiment: 10_000 } as const

type Learnt = Pick<Incident, 'id' | 'service' | 'symptom' | 'severity' | 'customerMinutes'>
interface Known {
  alike: readonly Alike[]
  exposures: readonly Exposure[]
  services: readonly Service[]
}

/**
 * Whether to hold a postmortem (S36): yes by severity (sev1, sev2), by customer-minutes, when it is repeated, or when a
 * service ran alone because of it. A near miss (S38) is named as a rule, for it can get one too, but alone it does not
 * advise yes: most mornings would drown in them. What is unknown speaks for no rule.
 */
export function adviceFor(incident: Learnt, known: Known): Advice {
  const holdsFor: Record<PostmortemRule, boolean> = {
    severity: incident.severity === 'sev1' || incident.severity === 'sev2',
    'customer-minutes': (incident.customerMinutes ?? 0) >= thresholdFor(incident, known),
    repeated: known.alike.some((alike) => isOf(alike, incident) && isRecurring(alike)),
    exposure: known.exposures.some(({ incidentIds }) => incidentIds.includes(incident.id)),
    'near miss': isNearMiss(incident),
  }
  const rules = ruleOrder.filter((rule) => holdsFor[rule])
  return { answer: rules.some((rule) => rule !== 'near miss') ? 'yes' : 'no', rules }
}

const ruleOrder = ['severity', 'customer-minutes', 'repeated', 'exposure', 'near miss'] as const

function thresholdFor(incident: Learnt, { services }: Known): number {
  return worthLearningFrom[services.find(({ id }) => id === incident.service)?.tier ?? 'standard']
}

function isOf(alike: Alike, { service, symptom }: Learnt): boolean {
  return alike.service === service && alike.symptom === symptom
}
