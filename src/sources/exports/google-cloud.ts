import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { otherSites } from '../../record/sites.ts'
import { instantIn } from '../mapping/values.ts'
import { asTitle, longest } from '../said.ts'
import { happened, known } from '../tellings.ts'
import { rowsIn, type Subject, type ToolExport } from './export.ts'

const mend = 'take incidents.json of status.cloud.google.com'
const location = z.looseObject({ id: z.string(), title: z.string().optional() })
const incident = z.looseObject({
  id: z.string(),
  begin: z.string(),
  created: z.string().nullish(),
  end: z.string().nullish(),
  external_desc: z.string(),
  updates: z
    .array(
      z.looseObject({
        when: z.string(),
        text: z.string(),
        affected_locations: z.array(location).optional().default([]),
      }),
    )
    .optional()
    .default([]),
  status_impact: z.string().nullish(),
  severity: z.string().nullish(),
  service_name: z.string().nullish(),
  uri: z.string().nullish(),
  currently_affected_locations: z.array(location).optional().default([]),
  previously_affected_locations: z.array(location).optional().default([]),
})
type Incident = z.output<typeof incident>

/**
 * Google Cloud's public incidents. Their severity has three steps: high is sev1, medium sev2, low sev4. Each update is a note.
 *
 * A location is a service that runs on its zones. An incident that names a zone ('europe-west9-a') and is more than
 * information takes that zone from its location for as long as it lasts: the location runs on its other zones alone, which
 * is an exposure, for they must keep a quorum and could not lose one more.
 */
export const googleCloud: ToolExport = {
  name: 'google-cloud',
  title: 'Google Cloud: incidents.json of its status page',
  source: 'google-cloud',
  class: 'manual',

  async read(text, { source, beside }) {
    const cities = citiesIn((await beside('data-centers.csv')) ?? '')
    return rowsIn(text, ['incidents'], mend).map((row, place) => {
      const parsed = incident.safeParse(row)
      if (parsed.success) return subjectOf(parsed.data, source, cities)
      const [fault] = parsed.error.issues
      return { name: `row ${place + 1}`, facts: [], fault: `${fault?.path.join('.')}: ${fault?.message}; ${mend}` }
    })
  },
}

function subjectOf(told: Incident, source: string, cities: Map<string, string>): Subject {
  const startedAt = instantIn(told.begin, 'UTC')
  const endedAt = told.end ? instantIn(told.end, 'UTC') : undefined
  if (startedAt === undefined) return { name: told.id, facts: [], fault: `begin: “${told.begin}” is not an instant` }

  const id = `${source}:${told.id}`
  const places = placesOf(told, cities)
  const service = told.service_name === 'Multiple Products' || !told.service_name ? 'Google Cloud' : told.service_name
  const columns = known({
    title: asTitle(told.external_desc.split('\n', 1).join('')),
    startedAt,
    detectedAt: told.created ? instantIn(told.created, 'UTC') : undefined,
    service,
    severity: severities[told.severity ?? ''],
    site: places.length === 1 ? places[0] : undefined,
    url: told.uri ? `https://status.cloud.google.com/${told.uri}` : undefined,
    class: 'manual' as const,
  })
  const facts: Fact[] = [
    { kind: 'incident', id, at: startedAt, told: columns },
    ...(endedAt ? happened(id, 'resolved', endedAt) : []),
    ...told.updates.flatMap((update) => {
      const at = instantIn(update.when, 'UTC')
      return at ? happened(id, 'note', at, { value: update.text.slice(0, longest.note), by: 'Google' }) : []
    }),
    ...zonesOf(told).flatMap((zone) => lossOf(zone, { id, cities, told, startedAt, endedAt })),
  ]
  return { name: told.id, facts }
}

const severities: Record<string, 'sev1' | 'sev2' | 'sev4'> = { high: 'sev1', medium: 'sev2', low: 'sev4' }

// 'global' and the multi-regions are no place that could be lost.
function placesOf(told: Incident, cities: Map<string, string>): string[] {
  const locations = [...told.currently_affected_locations, ...told.previously_affected_locations]
  const places = locations.filter(({ id }) => /^[a-z]+-[a-z]+\d+$/.test(id))
  return [...new Set(places.map(({ id, title }) => title ?? nameOf(id, cities)))]
}

function nameOf(region: string, cities: Map<string, string>): string {
  const city = cities.get(region)
  return city ? `${city} (${region})` : region
}

function zonesOf({ external_desc, status_impact }: Incident): string[] {
  if (status_impact === 'SERVICE_INFORMATION') return []
  return [...new Set(external_desc.match(/\b[a-z]+-[a-z]+\d+-[a-f]\b/g) ?? [])]
}

interface Loss {
  id: string
  cities: Map<string, string>
  told: Incident
  startedAt: Date
  endedAt: Date | undefined
}

function lossOf(zone: string, { id, cities, told, startedAt, endedAt }: Loss): Fact[] {
  const region = zone.slice(0, -2)
  const locations = [...told.currently_affected_locations, ...told.previously_affected_locations]
  const service = locations.find((one) => one.id === region)?.title ?? nameOf(region, cities)
  const site = { kind: 'site', service, capacityPercent: null, by: 'Google' } as const
  return [
    { ...site, site: zone, at: startedAt, state: 'unable' },
    { ...site, site: otherZones, at: startedAt, state: 'serving' },
    ...(endedAt ? [{ ...site, site: zone, at: endedAt, state: 'serving' } as const] : []),
    { kind: 'exposure-event', service, at: startedAt, event: 'linked-incident', value: id },
  ]
}

// Google names the zone that is out and never those that are not.
const otherZones = otherSites.replace('sites', 'zones')

// 'city,country,id' without quotes, as Google writes it.
function citiesIn(csv: string): Map<string, string> {
  const rows = csv.split(/\r?\n/).map((line) => line.split(','))
  return new Map(
    rows.flatMap(([city, , id]): [string, string][] => (city && id && !city.startsWith('CR-') ? [[id, city]] : [])),
  )
}
