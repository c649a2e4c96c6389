import type { Said } from '../said.ts'
import type { ToolExport } from './export.ts'
import { subjectsFrom } from './promises.ts'
import { documentsIn, goodFrom, type Promised, windowed } from './slo.ts'

/** Sloth: 'prometheus/v1' specs and their Kubernetes form, PrometheusServiceLevel. */
export const sloth: ToolExport = {
  name: 'sloth',
  title: 'Sloth: service levels as code',
  source: 'sloth',
  class: null,
  read: async (text) => subjectsFrom(documentsIn(text).flatMap((document, place) => promisesIn(document, place))),
}

function promisesIn(document: Said, place: number): (Promised | { name: string; fault: string })[] {
  const spec = document.has('spec') ? 'spec.' : ''
  const service = document.text(`${spec}service`)
  const slos = document.list(`${spec}slos`)
  if (service === undefined || slos.length === 0)
    return [{ name: `document ${place + 1}`, fault: 'service or slos: is missing; this is no spec of Sloth' }]

  const team = document.text(`${spec}labels.owner`, `${spec}labels.team`)
  return slos.map((slo) => {
    const indicator = slo.text('name') ?? 'availability'
    const objective = Number(slo.text('objective') ?? Number.NaN)
    if (!(objective > 0 && objective < 100))
      return { name: `${service} ${indicator}`, fault: 'objective: is no percentage between 0 and 100' }
    const events = windowed(slo.text('sli.events.total_query', 'sli.events.totalQuery'))
    const bad = windowed(slo.text('sli.events.error_query', 'sli.events.errorQuery'))
    const goodEvents = bad && events ? goodFrom(bad, events) : undefined
    return { service, indicator, objective, team, goodEvents, events: goodEvents ? events : undefined }
  })
}
