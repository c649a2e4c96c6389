import type { ExposureFigure } from '../src/measures/exposure.ts'
import { ago, listed, type Reading, sentence, when } from './figures.ts'
import { siteStateWord } from './names.ts'

/** S17, for whoever asks and for whoever is written to: what failed, what runs alone, what is being done, until when. */
export function noteParts(figure: ExposureFigure, reading: Reading): { title: string; words: string }[] {
  return [
    { title: 'What failed', words: failedWords(figure, reading) },
    { title: 'What runs alone', words: aloneWords(figure, reading) },
    { title: 'What is being done', words: doneWords(figure, reading) },
    { title: 'Until when', words: `${sentence(untilWords(figure, reading))}.` },
  ]
}

function failedWords({ exposure, carriedBy }: ExposureFigure, reading: Reading): string {
  const failed = exposure.sites.filter(({ site, state }) => !carriedBy.includes(site) && state !== 'able')
  return failed.length === 0
    ? 'No site says so; the required redundancy is missing.'
    : `${failed.map(({ site, state, since }) => `${site} ${siteStateWord(state)} since ${when(since, reading)}`).join('; ')}.`
}

function aloneWords({ exposure, carriedBy }: ExposureFigure, reading: Reading): string {
  return exposure.until
    ? `Nothing any more: ${exposure.service} is redundant again since ${when(exposure.until, reading)}.`
    : `${exposure.service}, on ${listed(carriedBy.toSorted()) || 'no site'}, since ${when(exposure.since, reading)}.`
}

function doneWords({ exposure: { plan, ownerId } }: ExposureFigure, { nameOf }: Reading): string {
  const owner = ownerId === null ? null : (nameOf?.(ownerId) ?? ownerId)
  return `${plan ? `${plan.replace(/[.!?\s]+$/, '')}.` : 'There is no plan yet.'} ${owner ? `${owner} sees to it.` : 'Nobody has taken it yet.'}`
}

function untilWords({ exposure: { eta, until }, etaPassed }: ExposureFigure, reading: Reading): string {
  if (until) return `It is over since ${when(until, reading)}`
  if (eta === null) return 'no ETA'
  return etaPassed ? `ETA passed ${ago(eta, reading.asOf)}` : `redundant again by ${when(eta, reading)}`
}
