import type { Said } from '../said.ts'
import type { ToolExport } from './export.ts'
import { subjectsFrom } from './promises.ts'
import { documentsIn, goodFrom, type Promised, windowed } from './slo.ts'

/**
 * OpenSLO v1: SLOs with their indicator inline or by reference, of a Prometheus metric source. A ratio gives queries to count
 * by; a threshold or another source gives the objective alone.
 */
export const openslo: ToolExport = {
  name: 'openslo',
  title: 'OpenSLO v1: service levels as code',
  source: 'openslo',
  class: null,

  async read(text) {
    const documents = documentsIn(text)
    const indicators = new Map(
      documents.filter((one) => one.text('kind') === 'SLI').map((one) => [one.text('metadata.name'), one]),
    )
    const slos = documents.filter((one) => one.text('kind') === 'SLO')
    if (slos.length === 0) return [{ name: 'the file', facts: [], fault: 'holds no document of kind SLO' }]
    return subjectsFrom(slos.flatMap((slo) => promisesIn(slo, indicators)))
  },
}

function promisesIn(
  slo: Said,
  indicators: ReadonlyMap<string | undefined, Said>,
): (Promised | { name: string; fault: string })[] {
  const name = slo.text('metadata.name') ?? 'an SLO'
  const version = slo.text('apiVersion') ?? ''
  const service = slo.text('spec.service')
  if (!/^openslo(?:\.com)?\/v1(?:alpha|beta)?\d*$/.test(version))
    return [{ name, fault: `apiVersion: “${version}” is not openslo/v1` }]
  if (service === undefined) return [{ name, fault: 'spec.service: is missing' }]

  const indicator = indicators.get(slo.text('spec.indicatorRef'))
  const [holder, at] = indicator ? [indicator, 'spec'] : [slo, 'spec.indicator.spec']
  const queries = ratioIn(holder, `${at}.ratioMetric`)
  const objectives = slo.list('spec.objectives')
  return objectives.map((objective, place) => {
    const target = targetIn(objective)
    const shown = [
      slo.text('metadata.displayName') ?? name,
      ...(objectives.length > 1 ? [objective.text('displayName') ?? `${place + 1}`] : []),
    ].join(' ')
    if (target === undefined)
      return { name: shown, fault: 'target: is neither a ratio between 0 and 1 nor a percentage' }
    return {
      service,
      indicator: shown,
      objective: target,
      team: slo.text('metadata.labels.team', 'metadata.labels.owner'),
      ...queries,
    }
  })
}

function targetIn(objective: Said): number | undefined {
  const [ratio, percent] = [
    Number(objective.text('target') ?? Number.NaN),
    Number(objective.text('targetPercent') ?? Number.NaN),
  ]
  if (percent > 0 && percent < 100) return percent
  return ratio > 0 && ratio < 1 ? Math.round(ratio * 1e8) / 1e6 : undefined
}

function ratioIn(said: Said, at: string): Pick<Promised, 'goodEvents' | 'events'> {
  const query = (part: string) =>
    /prometheus/i.test(said.text(`${at}.${part}.metricSource.type`) ?? 'prometheus')
      ? windowed(said.text(`${at}.${part}.metricSource.spec.query`, `${at}.${part}.metricSource.spec.promql`))
      : undefined
  const [good, bad, total] = [query('good'), query('bad'), query('total')]
  const goodEvents = good ?? (bad && total ? goodFrom(bad, total) : undefined)
  return { goodEvents: total ? goodEvents : undefined, events: goodEvents ? total : undefined }
}
