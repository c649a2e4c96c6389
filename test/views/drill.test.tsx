import { expect, test } from 'vitest'
import { buildDigest } from '../../src/reports/digest.ts'
import { tellMorning } from '../../src/reports/told.ts'
import { digestParts } from '../../views/digest-words.ts'
import { topicTitle } from '../../views/names.ts'
import { InputsInstrument } from '../../views/parts/instruments.tsx'
import { agendaLines } from '../../views/terminal.ts'
import { anAgenda, facts, hoursAgo, morning, zone } from '../support/builders.ts'

const good = { at: hoursAgo(5), fault: null, lastGoodAt: hoursAgo(5) }
const failed = { at: hoursAgo(5), fault: 'the change log: its first line is rotten', lastGoodAt: hoursAgo(29) }
const forgotten = { at: hoursAgo(27), fault: null, lastGoodAt: hoursAgo(27) }

test.each([
  ['held', good, 'The backup was tried 5 h ago: it holds', false],
  ['did not hold', failed, 'The backup was tried 5 h ago: it does not hold, it last held 29 h ago', true],
  ['is older than it may be', forgotten, 'The backup was tried 27 h ago: it holds', true],
  ['never came', null, 'The backup was not tried yet', false],
])('a drill that %s is told with its age in terminal, page and digest', (_how, drill, words, isInDoubt) => {
  const agenda = anAgenda({ drill })
  const printed = agendaLines(agenda, { columns: 96 }, (id) => id).join('\n')
  const page = String(<InputsInstrument agenda={agenda} reading={{ asOf: morning, zone }} />)
  const part = digestOf(drill).find(({ title }) => title === topicTitle('sources'))

  expect(printed).toContain(words)
  expect(page).toContain(words.replace('The backup was ', '').replace(/, .*/, ''))
  expect(part?.words).toContain(words)
  expect(part?.rows.map(({ title, tone }) => [title, tone])).toEqual(isInDoubt ? [['backup', 'red']] : [])
})

function digestOf(drill: typeof good | typeof failed | null) {
  const aside = {
    fixed: [],
    fixedDays: [],
    complaintsBefore: 0,
    usualCustomerMinutes: null,
    yearAgo: null,
    handOvers: [],
    spans: [],
  }
  const told = tellMorning(facts({ drill }), aside)
  const edition = { number: 1, asOf: morning, meetingId: '', told }
  return digestParts(buildDigest(edition, { personId: null, name: '', zone, variant: 'manager' }, null))
}
