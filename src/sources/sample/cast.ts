import type { Fact } from '../../record/fact.ts'

/** The shop of the sample: four services in two datacenters, and the eight people who come to its meeting. */
export const ana = 'ana@example.com'
export const tomasz = 'tomasz@example.com'
export const mirembe = 'mirembe@example.com'
export const jonas = 'jonas@example.com'
export const priya = 'priya@example.com'
export const diego = 'diego@example.com'
export const lea = 'lea@example.com'
export const hanneke = 'hanneke@example.com'

export const people: readonly Fact[] = [
  aPerson('Ana Kovačević', ana, 'operations', 'Operations lead', tomasz),
  aPerson('Tomasz Wieczorek', tomasz, 'operations', 'Site reliability', ana),
  aPerson('Mirembe Achieng', mirembe, 'support', 'Support lead', jonas),
  aPerson('Jonas Lindqvist', jonas, 'support', 'Support', mirembe),
  aPerson('Priya Raghunathan', priya, 'development', 'Payments team', lea),
  aPerson('Diego Salvatierra', diego, 'development', 'Search team', null),
  aPerson('Lea Okafor', lea, 'development', 'Checkout team', priya),
  aPerson('Hanneke de Wit', hanneke, 'business', 'Head of commerce', null),
]

export const services: readonly Fact[] = [
  aService('search', 'standard', 99.5, []),
  aService('checkout', 'critical', 99.9, ['payments', 'accounts']),
  aService('payments', 'critical', 99.95, ['accounts']),
  aService('accounts', 'critical', 99.9, []),
]

/** Who is asked first when a service hurts. */
export const ownerOf = { search: diego, checkout: lea, payments: priya, accounts: tomasz } as const
export type SampleService = keyof typeof ownerOf

type Function = Extract<Fact, { kind: 'person' }>['function']
function aPerson(name: string, email: string, of: Function, role: string, deputy: string | null): Fact {
  return { kind: 'person', name, email, role, function: of, zone: null, deputy }
}

type Tier = Extract<Fact, { kind: 'service' }>['tier']
function aService(id: SampleService, tier: Tier, objective: number, needs: SampleService[]): Fact {
  return {
    kind: 'service',
    id,
    tier,
    objective,
    sitesRequired: null,
    team: id,
    needs: needs.map((needed) => ({ needs: needed, group: '' })),
  }
}
