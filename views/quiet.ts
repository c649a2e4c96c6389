import type { Section, Topic } from '../src/agenda/shapes.ts'
import type { DrillHeard } from '../src/record/shapes.ts'
import { ago, listed, type Reading, sentence, when } from './figures.ts'

/**
 * What an empty section says on a quiet night: that there is nothing, on whose word, and how old that word is.
 * Where nobody ever told us it never says that there is nothing.
 */
export function quietWords(section: Section, reading: Reading): string {
  return section.heardAt === null
    ? `Nobody has told us: ${unheardWords(section.topic)}`
    : `${nothingWords(section, reading)}. ${sentence(wordWords(section, section.heardAt, reading))}`
}

function nothingWords({ topic, since }: Section, reading: Reading): string {
  const start = when(since, reading)
  switch (topic) {
    case 'exposures':
      return 'No service is known to run on one site alone'
    case 'actions':
      return 'No action from last time is due'
    case 'service-levels':
      return 'Every measured service level is on target'
    case 'incidents':
      return `No incident since ${start}`
    case 'still-open':
      return `Nothing is open from before ${start}`
    case 'problems':
      return 'No problem is open, and nothing keeps coming back'
    case 'complaints':
      return `No complaint since ${start}, nothing forecast, nothing planned`
    case 'changes':
      return `No change since ${start}`
    case 'postmortems':
      return 'No postmortem to decide, to schedule or to hold'
    case 'sources':
      return 'Every source spoke in time, and we understood all it said'
  }
}

function unheardWords(topic: Topic): string {
  switch (topic) {
    case 'exposures':
      return 'no tool and no person has ever said how a site stands'
    case 'service-levels':
      return 'no service level was ever measured'
    case 'incidents':
    case 'still-open':
      return 'no alert and no report has ever come in'
    case 'complaints':
      return 'no complaint and no forecast has ever come in'
    case 'changes':
      return 'no change was ever reported'
    case 'actions':
    case 'postmortems':
    case 'problems':
    case 'sources':
      return 'nothing has ever come in'
  }
}

function wordWords({ heardFrom, silent, topic }: Section, heardAt: Date, reading: Reading): string {
  if (topic === 'actions' || topic === 'problems' || topic === 'postmortems')
    return `our own record, as of ${when(heardAt, reading)}`

  const spoke = heardFrom
    ? `${heardFrom} last spoke ${ago(heardAt, reading.asOf)}`
    : `last word ${ago(heardAt, reading.asOf)}`
  return silent.length === 0 ? spoke : `${spoke}, but ${listed(silent)} ${silent.length === 1 ? 'is' : 'are'} silent`
}

/** When the backup was last tried, and whether it held: all that a line has room for. */
export function triedWords(drill: DrillHeard | null, { asOf }: Reading): string {
  if (drill === null) return 'not tried yet'
  return `tried ${ago(drill.at, asOf)}: ${drill.fault === null ? 'it holds' : 'it does not hold'}`
}

export function drillWords(drill: DrillHeard | null, reading: Reading): string {
  const tried = `The backup was ${triedWords(drill, reading)}`
  if (drill === null || drill.fault === null) return tried
  return `${tried}, ${drill.lastGoodAt ? `it last held ${ago(drill.lastGoodAt, reading.asOf)}` : 'and never held yet'}`
}
