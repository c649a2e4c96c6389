import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildAgenda } from '../../src/agenda/agenda.ts'
import { aDay, anHour } from '../../src/calendar.ts'
import type { Fact } from '../../src/record/fact.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import { figure } from '../../views/figures.ts'
import { agendaLines } from '../../views/terminal.ts'
import { anAlert, ana, openRoom, tellRoom } from '../support/a-room.ts'
import { jsonOf, textOf } from './asking.ts'

const mornings = Number(process.env.MORNINGS ?? 12)
const aMorning = fc.record({
  incidents: fc.array(
    fc.record({
      hours: fc.double({ min: 0.1, max: 40, noNaN: true }),
      severity: fc.constantFrom('sev1', 'sev2', 'sev3', 'sev4', null),
      ownerId: fc.constantFrom(ana, null),
      resolved: fc.boolean(),
    }),
    { maxLength: 30 },
  ),
  actions: fc.array(fc.record({ overdue: fc.boolean(), hours: fc.integer({ min: 1, max: 60 }) }), { maxLength: 6 }),
})

test('one number everywhere: page, wall, terminal and API agree over random mornings', async () => {
  const { app, db, settings, clock } = await openRoom()
  for (const [number, given] of fc.sample(aMorning, { numRuns: mornings, seed: 20261123 }).entries()) {
    clock.at = new Date(clock.at.getTime() + aDay)
    await tellRoom(db, factsOf(given, number, clock.at), clock.at)

    const { counts } = await jsonOf(app, '/api/v1/agenda')
    const day = clock.at.toISOString().slice(0, 10)
    const [page, wall] = await Promise.all([textOf(app, '/'), textOf(app, wallOf(day, settings))])
    const agenda = buildAgenda(await gatherFacts(db, { at: clock.at, rhythm: settings.rhythm }))
    const terminal = agendaLines(agenda, { columns: 200 }, (id) => id).join('\n')

    const { opened, open, unowned } = counts.incidents
    expect(agenda.counts).toEqual(counts)
    expect(told(page, /new incidents/)).toBe(figure(opened))
    expect(told(page, /open now/)).toBe(figure(open))
    expect(told(page, /open, nobody/)).toBe(figure(unowned))
    expect(told(page, /actions overdue/)).toBe(figure(counts.actions.overdue))
    expect(told(wall, /new(, usually [\d,]+)?/)).toBe(figure(opened))
    expect(told(wall, /open/)).toBe(figure(open))
    expect(told(wall, /nobody’s/)).toBe(figure(unowned))
    expect(told(wall, /overdue/)).toBe(figure(counts.actions.overdue))
    expect(terminal).toContain(`${figure(opened)} new incident`)
    if (open > 0) expect(terminal).toMatch(new RegExp(`\\b${figure(open)} open\\b`))
  }
}, 120_000)

interface Given {
  incidents: { hours: number; severity: string | null; ownerId: string | null; resolved: boolean }[]
  actions: { overdue: boolean; hours: number }[]
}

function factsOf({ incidents, actions }: Given, number: number, now: Date): Fact[] {
  const before = (hours: number) => new Date(now.getTime() - hours * anHour)
  return [
    ...incidents.map(({ hours, severity, ownerId, resolved }, index) =>
      anAlert(`INC-${number}-${index}`, before(hours), {
        severity,
        ownerId,
        ...(resolved && { resolvedAt: before(hours / 2) }),
      }),
    ),
    ...actions.map(({ overdue, hours }, index) => ({
      kind: 'action' as const,
      id: `ACT-${number}-${index}`,
      at: before(90),
      told: { title: `Action ${index}`, ownerId: ana, dueAt: before(overdue ? hours + 24 : -hours - 24) },
    })),
  ]
}

/** On a day that is not due the morning is the next one's. */
function wallOf(day: string, { rhythm }: { rhythm: { weekdays: ReadonlySet<number> } }): string {
  const at = new Date(`${day}T12:00:00Z`)
  while (!rhythm.weekdays.has(at.getUTCDay() || 7)) at.setUTCDate(at.getUTCDate() + 1)
  return `/meetings/${at.toISOString().slice(0, 10)}/projector`
}

/** The figure that stands under those words. */
function told(html: string, words: RegExp): string | undefined {
  const found = new RegExp(`<dt>(?:<a [^>]*>)?${words.source}[^<]*(?:</a>)?</dt><dd[^>]*>(?:<a [^>]*>)?([^<]*)<`).exec(
    html,
  )
  return found?.at(-1)
}
