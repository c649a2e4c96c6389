import { expect, test } from 'vitest'
import { quietWords } from '../../views/quiet.ts'
import { anAgenda, anInput, aSource, daysAgo, minutesAgo, morning, zone } from '../support/builders.ts'

const reading = { asOf: morning, zone }

test('a quiet section names who says so and how old that is', () => {
  const sources = [
    aSource({ lastHeardAt: minutesAgo(3) }),
    aSource({ name: 'icinga', silent: true, lastHeardAt: daysAgo(2) }),
  ]
  const inputs = [anInput({ lastHeardAt: minutesAgo(3) })]

  expect(quiet('incidents', { sources: sources.slice(0, 1), inputs })).toBe(
    'No incident since Fri 09:02. Alertmanager last spoke 3 min ago',
  )
  expect(quiet('incidents', { sources, inputs })).toBe(
    'No incident since Fri 09:02. Alertmanager last spoke 3 min ago, but icinga is silent',
  )
  expect(quiet('incidents', { sources: [], inputs })).toBe('No incident since Fri 09:02. Last word 3 min ago')
  expect(quiet('actions', {})).toBe('No action from last time is due. Our own record, as of 09:00')
})

test('where nobody ever told us, no section says that there is nothing', () => {
  const unheard = anAgenda({ sources: [], inputs: [] }).sections.filter(({ heardAt }) => heardAt === null)

  expect(unheard.map(({ topic }) => topic)).toEqual(
    expect.arrayContaining(['exposures', 'service-levels', 'incidents', 'still-open', 'complaints', 'changes']),
  )
  for (const section of unheard) expect(quietWords(section, reading)).toMatch(/^Nobody has told us: /)
})

function quiet(topic: string, given: Parameters<typeof anAgenda>[0]): string | undefined {
  const section = anAgenda(given).sections.find((each) => each.topic === topic)
  return section && quietWords(section, reading)
}
