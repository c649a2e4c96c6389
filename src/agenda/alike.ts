import type { Incident } from '../record/shapes.ts'
import { byId, gravestFirst, gravity, isGrave, isOpen } from './gravity.ts'
import { grouped } from './grouped.ts'
import type { Item } from './shapes.ts'
import { mostShown, type Shown } from './shown.ts'

/** From how many on incidents of one service and symptom are told as one. */
const manyAlike = 3

/** One incident, or many of one service and symptom that are told together; the gravest speaks for them. */
interface Told {
  gravest: Incident
  incidents: Incident[]
}

/**
 * The gravest first. While all of them fit, each stands for itself; on a morning with more, those alike are told as one,
 * though no sev1 or sev2 disappears among lesser ones.
 * What still does not fit is `omitted`, counted in incidents: those shown, alone or in a company, and those omitted
 * are together exactly the incidents given.
 */
export function showIncidents(incidents: Incident[], itemOf: (incident: Incident) => Item): Shown {
  const told = incidents.length <= mostShown ? incidents.map(alone) : togetherWhereAlike(incidents)
  const [shown, held] = split(told.toSorted(weightiestFirst))
  return {
    items: shown.map(({ gravest, incidents }) =>
      incidents.length === 1 ? itemOf(gravest) : companyItem(gravest, incidents),
    ),
    omitted: held.reduce((sum, { incidents }) => sum + incidents.length, 0),
  }
}

function alone(incident: Incident): Told {
  return { gravest: incident, incidents: [incident] }
}

function togetherWhereAlike(incidents: Incident[]): Told[] {
  const companies = grouped(incidents, ({ service, symptom, severity }) =>
    JSON.stringify([service, symptom, isGrave(severity) && severity]),
  )
  return [...companies.values()].flatMap((company) => {
    if (company.length < manyAlike) return company.map(alone)
    const [gravest = company[0]] = company.toSorted(gravestFirst)
    return gravest ? [{ gravest, incidents: company }] : []
  })
}

function split(told: Told[]): [Told[], Told[]] {
  return [told.slice(0, mostShown), told.slice(mostShown)]
}

/** As single incidents go; between equals the larger company first. */
function weightiestFirst(a: Told, b: Told): number {
  return (
    gravity(b.gravest.severity) - gravity(a.gravest.severity) ||
    Number(b.incidents.some(isOpen)) - Number(a.incidents.some(isOpen)) ||
    b.incidents.length - a.incidents.length ||
    gravestFirst(a.gravest, b.gravest) ||
    byId(a.gravest, b.gravest)
  )
}

function companyItem(gravest: Incident, incidents: Incident[]): Item {
  const starts = incidents.map(({ startedAt }) => startedAt.getTime())
  return {
    subject: { kind: 'incident', id: gravest.id },
    title: titleOf({ title: sharedTitle(incidents.map(({ title }) => title)), service: gravest.service }),
    reason: {
      kind: 'alike',
      severity: gravest.severity,
      count: incidents.length,
      openCount: incidents.filter(isOpen).length,
      customerMinutes: sumOfKnown(incidents.map(({ customerMinutes }) => customerMinutes)),
      service: gravest.service,
      firstAt: new Date(Math.min(...starts)),
      lastAt: new Date(Math.max(...starts)),
    },
    ownerId: incidents.every(({ ownerId }) => ownerId === gravest.ownerId) ? gravest.ownerId : null,
  }
}

// What a symptom leaves out of its title: quoted words, hexadecimal ids, numbers.
const changing = /("[^"]*"|'[^']*'|\b(?=[0-9a-f-]*\d)[0-9a-f-]{6,}\b|\d+)/i

/** What their titles have in common: 'Disk full on db-1' and 'Disk full on db-7' are 'Disk full on db-…'. */
function sharedTitle(titles: string[]): string {
  const [first = [], ...others] = titles.map((title) => title.split(changing))
  const isAlike = others.every((pieces) => pieces.length === first.length)
  const differs = isAlike ? -1 : first.findIndex((piece, place) => others.some((pieces) => pieces[place] !== piece))
  const shared = first.map((piece, place) => (others.every((pieces) => pieces[place] === piece) ? piece : '…'))
  return (isAlike ? shared : [...first.slice(0, differs), '…']).join('')
}

/** With its service before it, unless it says so itself: 'search: answers slowly'. */
export function titleOf({ title, service }: { title: string; service: string | null }): string {
  return service === null || title.toLowerCase().includes(service.toLowerCase()) ? title : `${service}: ${title}`
}

function sumOfKnown(figures: (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null)
  return known.length === 0 ? null : known.reduce((sum, figure) => sum + figure, 0)
}
