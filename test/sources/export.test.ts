import { readdir, readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../src/record/fact.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { kindNames } from '../../src/sources/kinds.ts'
import { morning } from '../support/morning.ts'
import { telling } from './any-telling.ts'
import { aDesk } from './desk.ts'

type Desk = Awaited<ReturnType<typeof aDesk>>

async function exported(desk: Desk, format = 'csv'): Promise<Record<string, string[]>> {
  await desk.export('all', '--out', 'out', '--format', format)
  const files = (await readdir(desk.path('out'))).filter((file) => file.endsWith(format)).sort()
  const texts = await Promise.all(files.map((file) => readFile(desk.path(`out/${file}`), 'utf8')))
  return Object.fromEntries(files.map((file, place) => [file, texts[place]?.trimEnd().split('\r\n').sort() ?? []]))
}

async function importAll(from: Desk, into: Desk, format = 'csv'): Promise<string[]> {
  const refused: string[] = []
  for (const file of (await readdir(from.path('out'))).filter((file) => file.endsWith(format))) {
    const { told, complained } = await into.import(file.slice(0, -1 - format.length), from.path(`out/${file}`))
    refused.push(...complained, ...told.filter((line) => line.startsWith('line ')))
  }
  return refused
}

/** The room speaks in turn: of two of its words about one thing at one millisecond a file does not tell which was first. */
function apart(facts: Fact[]): Fact[] {
  return facts.map((fact, place) => ('at' in fact ? { ...fact, at: new Date(fact.at.getTime() + place) } : fact))
}

describe('export', () => {
  // Hundreds of histories in each run, so a failure is told by the lines that differ and not shrunk.
  test.each(['csv', 'jsonl'])(
    'an import of an export into an empty record gives an equal export: %s',
    async (format) => {
      const tellings = fc.array(telling, { minLength: 3, maxLength: 5 })
      await fc.assert(
        fc.asyncProperty(tellings, async (told) => {
          const [ours, theirs] = [await aDesk(), await aDesk()]
          for (const { facts, origin } of told)
            await recordFacts(ours.db, origin === 'room' ? apart(facts) : facts, {
              recordedAt: morning,
              source: 'somebody',
              origin,
              class: null,
            })
          const before = await exported(ours, format)

          expect(await importAll(ours, theirs, format)).toEqual([])
          expect(await exported(theirs, format)).toEqual(before)
        }),
        { numRuns: 2, endOnFailure: true, verbose: 0 },
      )
    },
  )

  test('all of it is one file for each kind but the snapshots', async () => {
    const desk = await aDesk()
    const { exit, told } = await desk.export('all')

    expect(exit).toBe(0)
    expect((await readdir(desk.path('muster-export'))).sort()).toEqual(
      kindNames
        .filter((name) => name !== 'incident-snapshots')
        .map((name) => `${name}.csv`)
        .concat('history')
        .sort(),
    )
    expect(told.at(-1)).toBe(`written to ${desk.path('muster-export')}`)
  })

  test('one kind goes to standard output, no cell of it a formula', async () => {
    const desk = await aDesk()
    await desk.put('changes.csv', 'id,at,what\nC1,2026-11-20T09:00:00Z,"=HYPERLINK(""x"")"\n')
    await desk.import('changes', 'changes.csv')

    expect((await desk.export('changes')).told).toEqual([
      'id,at,what,service,site,who,url,kind',
      `C1,2026-11-20T09:00:00.000Z,"'=HYPERLINK(""x"")",,,,,`,
    ])
    expect((await desk.export('changes', '--format', 'jsonl')).told).toEqual([
      '{"id":"C1","at":"2026-11-20T09:00:00.000Z","what":"=HYPERLINK(\\"x\\")"}',
    ])
  })

  test('what was told in columns is not told again as an event', async () => {
    const desk = await aDesk()
    await desk.put('week.csv', 'id,title,startedAt,owner,severity\nINC1,a,2026-11-20T09:00:00Z,ann,sev1\n')
    await desk.import('incidents', 'week.csv')

    expect((await desk.export('incident-events')).told).toEqual(['incident,at,kind,value,by,why'])
  })

  test.each([
    [[], 'export needs a KIND, or all'],
    [['outages'], '"outages" is not a kind'],
    [['all', '--format', 'xml'], '"xml" is no format: csv or jsonl'],
  ])('wrong words %j', async (words, fault) => {
    const desk = await aDesk()
    const { exit, complained } = await desk.export(...words)

    expect(exit).toBe(2)
    expect(complained[0]?.startsWith(fault)).toBe(true)
  })

  test('a folder that cannot be written is one sentence', async () => {
    const desk = await aDesk()
    await desk.put('taken', '')

    expect(await desk.export('all', '--out', 'taken')).toMatchObject({
      exit: 1,
      complained: [expect.stringContaining('cannot be written')],
    })
  })
})
