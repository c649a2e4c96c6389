import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { addDays } from '../../src/calendar.ts'
import { digest } from '../../src/commands/digest.ts'
import type { Fact } from '../../src/record/fact.ts'
import { hoursAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { incident, tell } from '../web/asking.ts'

test('rehearsed into a folder it is the whole mail: its words twice, and the charts of the page as pictures', async () => {
  const { said, code, folder } = await run(['--at', '2026-11-23T08:00', '--dry-run', '--out', '.'])
  const mail = await simpleParser(await readFile(join(folder, 'digest-2026-11-23.eml')), { keepCidLinks: true })
  const [picture] = mail.attachments

  expect(code).toBe(0)
  expect(said[1]).toBe('Subject: [OPS RED] Mon 23 Nov: 1 incident (1 SEV2); 1 open (1 SEV2); 1 level off target')
  expect(mail.text).toContain('30 days, 3 of them under target, the least 90.00 % on Sun 1 Nov')
  expect(mail.html).toMatch(
    /<img [^>]*src="cid:chart-1@muster"[^>]* alt="Availability by day: 30 days, 3 of them under/i,
  )
  expect(mail.attachments.map(({ cid, contentType, related }) => [cid, contentType, related])).toEqual([
    ['chart-1@muster', 'image/png', true],
  ])
  expect(sizeOf(picture?.content)).toEqual([840, 360])
  expect(String(mail.html)).not.toMatch(/src="(?!cid:)/)
})

test.each([
  [[], 'say to whom: --to ADDRESS, or look at it with --dry-run'],
  [['--to', 'ana'], '"ana" is not a mail address'],
  [['--dry-run', '--at', 'yesterday'], 'write for example 2026-11-23T09:00:00+01:00'],
  [['--dry-run', '--date', '2026-11-23', '--at', '2026-11-23T08:00'], 'give either --date or --at, not both'],
  [['--dry-run', '--loud'], 'digest knows no "--loud"'],
])('wrong words %j are refused with their mend', async (words, mend) => {
  const { code, complaints } = await run(words)

  expect(code).toBe(2)
  expect(complaints.join('\n')).toContain(mend)
})

async function run(words: string[]) {
  const { db, settings, folder } = await openTestRecord()
  await tell(db, [incident('search', hoursAgo(5), { severity: 'sev2' }), searchMissed, ...levelDays()], hoursAgo(4))
  const [said, complaints]: [string[], string[]] = [[], []]
  const code = await digest.run(words, {
    db,
    settings,
    folder,
    now: () => morning,
    say: (line) => said.push(line),
    complain: (line) => complaints.push(line),
    terminal: false,
    progress: () => {},
  })
  return { code, said, complaints, folder }
}

const searchMissed: Fact = {
  kind: 'service',
  id: 'search',
  tier: null,
  objective: 99.9,
  sitesRequired: null,
  team: null,
  needs: [],
}

function levelDays(): Fact[] {
  return Array.from({ length: 30 }, (_, back) => ({
    kind: 'service-level',
    service: 'search',
    indicator: 'availability',
    day: addDays('2026-11-22', -back),
    good: back % 10 === 1 ? 1436 - (back === 21 ? 140 : 0) : 1440,
    total: 1440,
    unknown: 0,
    zone: 'Europe/Berlin',
  }))
}

/** As a PNG says it of itself. */
function sizeOf(png: Buffer | undefined): number[] {
  return png ? [png.readUInt32BE(16), png.readUInt32BE(20)] : []
}
