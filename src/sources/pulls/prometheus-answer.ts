import { z } from 'zod'
import type { Series } from './counting.ts'
import { PullFault } from './puller.ts'

const point = z.tuple([z.number(), z.string()])
const labels = z.record(z.string(), z.string())
const answer = z.looseObject({
  status: z.literal('success'),
  data: z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('matrix'),
      result: z.array(z.object({ metric: labels, values: z.array(point) })),
    }),
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labels, value: point })) }),
    z.object({ resultType: z.literal('scalar'), result: point }),
    z.object({ resultType: z.literal('string'), result: point }),
  ]),
})

/** The values at each instant, of all series; NaN is left out: it says that nothing is known. Throws PullFault. */
export function seriesIn(json: unknown): Series {
  const series = new Map<number, number[]>()
  for (const { points } of resultsIn(json))
    for (const [at, text] of points) {
      const value = numberIn(text)
      if (!Number.isNaN(value)) series.set(Math.round(at), [...(series.get(Math.round(at)) ?? []), value])
    }
  return series
}

/** The highest value of each label's value at the instant asked; null = NaN. Throws PullFault. */
export function valuesBy(label: string, json: unknown): Map<string, number | null> {
  const values = new Map<string, number | null>()
  for (const { metric, points } of resultsIn(json)) {
    const name = metric[label]
    const value = numberIn(points.at(-1)?.[1] ?? 'NaN')
    if (name === undefined || name === '') continue
    const before = values.get(name) ?? null
    values.set(name, Number.isNaN(value) ? before : Math.max(value, before ?? value))
  }
  return values
}

function resultsIn(json: unknown): { metric: Record<string, string>; points: [number, string][] }[] {
  const parsed = answer.safeParse(json)
  if (!parsed.success) throw new PullFault('this is not what a Prometheus answers: is the address that of one?')
  const { data } = parsed.data
  if (data.resultType === 'matrix') return data.result.map(({ metric, values }) => ({ metric, points: values }))
  if (data.resultType === 'vector') return data.result.map(({ metric, value }) => ({ metric, points: [value] }))
  return [{ metric: {}, points: data.resultType === 'scalar' ? [data.result] : [] }]
}

function numberIn(text: string): number {
  return text === '+Inf'
    ? Number.POSITIVE_INFINITY
    : text === '-Inf'
      ? Number.NEGATIVE_INFINITY
      : Number.parseFloat(text)
}
