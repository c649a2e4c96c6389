import { addDays } from '../../calendar.ts'
import type { Fact } from '../../record/fact.ts'
import { ana, people, type SampleService, services, tomasz } from './cast.ts'
import type { Episode } from './incidents.ts'
import { byRoom, byTool, minutesAfter, type Story, storyDays, type Told } from './story.ts'

/** Who and what there is, told once when the record is begun. */
export function cast(story: Story): Told[] {
  const at = story.clock(storyDays, '06:00')
  return [
    {
      telling: { recordedAt: at, source: 'catalogue', origin: 'import', class: null },
      facts: [...people, ...services],
    },
    byTool(story, 'traffic-director', 'automated', at, sitesAt(at)),
  ]
}

function sitesAt(at: Date): Fact[] {
  const capacities: [SampleService, number][] = [
    ['search', 100],
    ['checkout', 60],
    ['payments', 110],
    ['accounts', 100],
  ]
  return capacities.flatMap(([service, capacityPercent]) =>
    ['fra', 'ams'].map((site): Fact => ({ kind: 'site', service, site, at, state: 'serving', capacityPercent })),
  )
}

/** Search ran alone for three hours once and came back; checkout still does, with its sale at noon. */
export function alone(story: Story): Told[] {
  const night = story.workday(7)
  const stands = (service: SampleService, at: Date, state: 'serving' | 'unable', capacityPercent: number) =>
    byTool(story, 'traffic-director', 'automated', minutesAfter(at, 1), [
      { kind: 'site', service, site: 'ams', at, state, capacityPercent },
    ])
  return [
    stands('search', story.clock(night, '02:10'), 'unable', 0),
    stands('search', story.clock(night, '05:25'), 'serving', 100),
    stands('checkout', story.failedOver, 'unable', 0),
    ...promises(story),
  ]
}

/** Tools repeat themselves, and people look by: no news, but a proof that somebody would have told. */
export function signsOfLife(story: Story): Told[] {
  const at = story.lately(11)
  const standing = sitesAt(at).filter((fact) => fact.kind === 'site' && fact.site === 'fra')
  const cleaned = story.clock(story.workday(2), '08:15')
  const tidied: Fact = {
    kind: 'change',
    id: 'CHG-873',
    at: cleaned,
    what: 'accounts: expired sessions older than 90 days removed',
    service: 'accounts',
    site: null,
    who: tomasz,
    url: null,
    type: 'maintenance',
  }
  return [
    byTool(story, 'traffic-director', 'automated', at, standing),
    byTool(story, 'operations desk', 'manual', minutesAfter(cleaned, 5), [tidied]),
  ]
}

function promises(story: Story): Told[] {
  const said = (at: Date, event: 'owner' | 'plan' | 'eta' | 'note', value: string, by: string) =>
    byRoom(story, at, [{ kind: 'exposure-event', service: 'checkout', at, event, value, by }])
  const plan =
    'Swap the failed power feed in rack 14, bring the pair back one at a time, then move half the traffic home'
  return [
    said(story.intoFailover(0.1, 25), 'owner', ana, tomasz),
    said(story.intoFailover(0.3, 70), 'plan', plan, ana),
    said(story.intoFailover(0.35, 75), 'eta', story.intoFailover(0.9).toISOString(), ana),
    said(
      story.intoFailover(0.8),
      'note',
      'The spare feed is on site; the second balancer still fails its self-test',
      tomasz,
    ),
  ]
}

export function ahead(story: Story): Told[] {
  const sale: Fact = {
    kind: 'planned-event',
    id: 'EVT-61',
    title: 'Flash sale',
    from: story.ahead(0, '12:00'),
    to: story.ahead(1, '00:00'),
    service: 'checkout',
    peakPercent: 85,
    valuePerMinute: 8000,
    currency: 'EUR',
  }
  const newsletter: Fact = {
    ...sale,
    id: 'EVT-62',
    title: 'Winter newsletter to 400,000 customers',
    from: story.ahead(6, '10:00'),
    to: story.ahead(6, '13:00'),
    service: 'search',
    peakPercent: 70,
    valuePerMinute: null,
    currency: null,
  }
  return [
    {
      telling: {
        recordedAt: story.clock(story.workday(3), '16:00'),
        source: 'campaign-calendar',
        origin: 'import',
        class: null,
      },
      facts: [sale, newsletter],
    },
    ...forecast(story),
  ]
}

export function forecast(story: Story): Told[] {
  const madeAt = story.clock(1, '06:00')
  const full: Fact = {
    kind: 'forecast',
    id: 'CAP-19',
    madeAt,
    service: 'accounts',
    what: 'The session store reaches 90 % of its disk',
    dueAt: story.ahead(11, '12:00'),
    confidence: '80 %',
  }
  return [byTool(story, 'capacity-watch', 'predictive', madeAt, [full])]
}

/** Day by day for 31 days, counted in minutes: what an outage took is missing, what nobody saw is unknown. */
export function serviceLevels(story: Story, outages: Episode[]): Told[] {
  const told = (days: number) => dayOfLevels(story, days, outages)
  const earlier = Array.from({ length: 31 - storyDays }, (_, index) => told(31 - index)).flat()
  const daily = Array.from({ length: storyDays }, (_, index) => storyDays - index)
  return [
    byTool(story, 'level-exporter', 'service-level', story.clock(storyDays, '06:30'), earlier),
    ...daily.map((days) =>
      byTool(story, 'level-exporter', 'service-level', story.clock(days - 1, '00:20'), told(days)),
    ),
  ]
}

const before: Record<string, number> = { 'payments 22': 6, 'search 19': 12, 'checkout 26': 4 }
const unseen: Record<string, number> = { 'payments 9': 38, 'accounts 17': 5 }

/** What their answers usually take, in ms; nobody times those of accounts. */
const answered: Partial<Record<SampleService, { p50: number; p95: number }>> = {
  search: { p50: 118, p95: 236 },
  checkout: { p50: 184, p95: 430 },
  payments: { p50: 305, p95: 820 },
}

function dayOfLevels(story: Story, days: number, outages: Episode[]): Fact[] {
  const down = (service: SampleService) =>
    minutesDown(
      story,
      days,
      outages.filter((outage) => outage.service === service),
    )
  const level = (service: SampleService, indicator: string, bad: number, unknown = 0): Fact => {
    const usual = answered[service]
    const total = 1440 - unknown
    return {
      kind: 'service-level',
      service,
      indicator,
      day: addDays(story.today, -days),
      zone: story.zone,
      good: total - bad,
      total,
      unknown,
      ...(usual && {
        p50: usual.p50 + ((days * 13) % 23) + Math.min(60, bad),
        p95: usual.p95 + ((days * 29) % 61) + Math.min(900, bad * 6),
      }),
    }
  }
  const availability = (['search', 'checkout', 'payments', 'accounts'] as const).map((service) =>
    level(service, 'availability', down(service) + (before[`${service} ${days}`] ?? 0), unseen[`${service} ${days}`]),
  )
  return [...availability, level('search', 'answers within 300 ms', 3 + ((days * 7) % 5))]
}

function minutesDown({ clock }: Story, days: number, outages: Episode[]): number {
  const [from, to] = [clock(days, '00:00'), clock(days - 1, '00:00')]
  const begun = outages.filter((outage) => outage.from >= from && outage.from < to)
  return begun.reduce(
    (sum, outage) =>
      sum + Math.round(((outage.mitigated ?? outage.to ?? outage.from).getTime() - outage.from.getTime()) / 60_000),
    0,
  )
}
