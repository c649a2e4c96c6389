import { expect, test } from 'vitest'
import { agendaLines } from '../../views/terminal.ts'
import { anAgenda, anExposure, anIncident, aPerson, aService, hoursAgo, levelDays } from '../support/builders.ts'

const names = new Map([[aPerson().id, aPerson().name]])
const nameOf = (id: string) => names.get(id) ?? id

test('ten sections are numbered, an empty one with its sentence', () => {
  const lines = printed()

  expect(lines.filter((line) => /^ ?\d+ {2}\S/.test(line))).toHaveLength(10)
  expect(lines).toContain(' 1  On one site alone')
  expect(lines.join('\n')).toContain('No incident since Fri 09:02. Alertmanager last spoke 1 h ago')
})

test('the verdict stands above everything, the exposure before the incident', () => {
  const text = printed({
    incidents: [anIncident({ severity: 'sev1', title: 'Nobody can pay', service: 'payments' })],
    exposures: [anExposure()],
  }).join('\n')

  expect(text.split('\n')[3]).toBe('RED  checkout on fra alone for 35 h, headroom unknown')
  expect(text.indexOf('! checkout')).toBeLessThan(text.indexOf('! payments: Nobody can pay'))
})

test('no line is wider than the paper, however long a title', () => {
  const title = `Disk of ${'very-'.repeat(40)}long-host is full ${'and stays so '.repeat(20)}`

  for (const columns of [80, 96]) {
    const lines = printed({ incidents: [anIncident({ title })] }, columns)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns)
    expect(lines.join('').replaceAll(' ', '')).toContain(title.replaceAll(' ', ''))
  }
})

test('what a tool wrote cannot steer the terminal', () => {
  const text = printed({ incidents: [anIncident({ title: 'Down \u001b[2J\u0007\u202Enow\nsecond' })] }).join('\n')

  expect(text).toContain('Down  [2J now second')
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})

test('an owner is called by name', () => {
  expect(printed({ incidents: [anIncident({ ownerId: aPerson().id, title: 'Search is slow' })] }).join('\n')).toContain(
    'Search is slow  (Lea Okafor)',
  )
})

test('the levels stand under each other, and one off target shows its recipe', () => {
  const lines = printed({
    services: [aService({ id: 'payments', objective: 99.9 }), aService({ id: 'search', objective: 99 })],
    serviceLevels: [...levelDays(30, () => ({ good: 1435 })), ...levelDays(30, () => ({ service: 'search' }))],
  })
  const rows = lines.filter((line) => /^ {5}\S.* {2}.* min$/.test(line))

  expect(rows.map((row) => row.trim().replace(/ {2,}/g, ' | '))).toEqual([
    'payments availability | 99.65 % | 99.65 % | 99.65 % | 99.9 % | −107 min',
    'search availability | 100.00 % | 100.00 % | 100.00 % | 99 % | 432 min',
  ])
  expect(new Set(rows.map(({ length }) => length)).size).toBe(1)
  expect(lines.join('\n')).toContain('payments availability, counted: 43,050 good of 43,200 over 30 days')
})

test('what is held back on a huge morning is said', () => {
  const incidents = Array.from({ length: 100 }, (_, n) =>
    anIncident({ title: `Fault ${n}`, symptom: `fault ${n}`, startedAt: hoursAgo(1) }),
  )

  expect(printed({ incidents }).join('\n')).toContain('and 60 more, not shown here')
})

function printed(given: Parameters<typeof anAgenda>[0] = {}, columns = 96): string[] {
  return agendaLines(anAgenda(given), { columns }, nameOf)
}
