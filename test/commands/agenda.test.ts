import { expect, test } from 'vitest'
import { agenda } from '../../src/commands/agenda.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { hoursAgo, morning } from '../support/builders.ts'
import { openTestRecord } from '../support/open-record.ts'

test('the agenda is printed as it stands now', async () => {
  const { said, code } = await run([])

  expect(code).toBe(0)
  expect(said[0]).toBe('Mon 23 Nov, as of 09:00 Europe/Berlin')
  expect(said.join('\n')).toContain('SEV1 open: Nobody can pay')
})

test('as of an instant before it happened, it had not happened', async () => {
  const { said } = await run(['--at', '2026-11-23T05:00'])

  expect(said[0]).toBe('Mon 23 Nov, as of 05:00 Europe/Berlin')
  expect(said.join('\n')).not.toContain('Nobody can pay')
})

test('as data it is the contract, its instants in UTC', async () => {
  const { said } = await run(['--json', `--at=${morning.toISOString()}`])
  const told = JSON.parse(said.join('\n'))

  expect(told).toMatchObject({
    asOf: '2026-11-23T08:00:00.000Z',
    zone: 'Europe/Berlin',
    verdict: { level: 'red', reason: { kind: 'grave incident open' } },
    counts: { incidents: { opened: 1, open: 1, unowned: 1 } },
  })
})

test('a day is its meeting: the one before the incident knows nothing of it', async () => {
  expect((await run(['--date', '2026-11-20'])).said[0]).toBe('Fri 20 Nov, as of 09:00 Europe/Berlin')
  expect((await run(['--date', '2026-11-20'])).said.join('\n')).not.toContain('Nobody can pay')
})

test.each([
  [['--at'], '--at needs a value'],
  [['--at', 'yesterday'], 'write for example 2026-11-23T09:00:00+01:00'],
  [['--date', '23.11.2026'], '"23.11.2026" is not a day; write for example 2026-11-23'],
  [['--at', '2026-11-23', '--date', '2026-11-23'], 'give either --at or --date, not both'],
  [['--pretty'], 'agenda knows no "--pretty"'],
])('wrong words %j are refused with their mend', async (words, mend) => {
  const { code, complaints, said } = await run(words)

  expect(code).toBe(2)
  expect(said).toEqual([])
  expect(complaints.join('\n')).toContain(mend)
  expect(complaints.join('\n')).toContain('npm run agenda')
})

async function run(words: string[]) {
  const { db, settings, folder } = await openTestRecord()
  await recordFacts(
    db,
    [
      {
        kind: 'incident',
        id: 'pay',
        at: hoursAgo(3),
        told: { title: 'Nobody can pay', severity: 'sev1', startedAt: hoursAgo(3) },
      },
    ],
    { recordedAt: hoursAgo(3), source: 'alertmanager', origin: 'tool', class: 'automated' },
  )
  const [said, complaints]: [string[], string[]] = [[], []]
  const code = await agenda.run(words, {
    db,
    settings,
    now: () => morning,
    folder,
    terminal: false,
    say: (line) => said.push(line),
    complain: (line) => complaints.push(line),
    progress: () => {},
  })
  return { code, said, complaints }
}
