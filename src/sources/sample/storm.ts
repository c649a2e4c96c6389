import { ownerOf, type SampleService } from './cast.ts'
import { byTool, minutesAfter, type Story, type Told } from './story.ts'

const services = ['search', 'checkout', 'payments', 'accounts'] as const satisfies readonly SampleService[]
const alarms = [
  'Error rate above 5 %',
  'p95 latency above 800 ms',
  'Replica lags',
  'Pod restarts in a loop',
  'Connection pool used up',
  'Disk 90 % full',
  'Certificate check failed',
  'Consumer lag above ten minutes',
  'Health check failed',
] as const
const gravities = ['sev3', 'sev4', 'sev4', 'sev2', 'sev4'] as const

/** A core switch fails: so many alarms within the last two hours, nine in ten of them over. */
export function storm(story: Story, incidents: number): Told[] {
  const numbers = Array.from({ length: incidents }, (_, number) => number)
  const facts = numbers.map((number) => {
    const service = services[number % services.length] ?? 'search'
    const startedAt = minutesAfter(story.lately(125), number % 119)
    const isOver = number % 10 !== 0
    const alarm = alarms[number % alarms.length] ?? alarms[0]
    return {
      kind: 'incident' as const,
      id: `ALM-${10_000 + number}`,
      at: startedAt,
      told: {
        title: `${alarm} on ${service}-${number % 2 ? 'fra' : 'ams'}-${1 + (number % 40)}`,
        service,
        severity: gravities[number % gravities.length] ?? 'sev4',
        startedAt,
        detectedAt: startedAt,
        resolvedAt: isOver ? minutesAfter(startedAt, 4) : null,
        ownerId: number % 3 ? ownerOf[service] : null,
        customerMinutes: (number * 13) % 97,
      },
    }
  })
  return [byTool(story, 'alertmanager', 'automated', story.lately(1), facts)]
}
