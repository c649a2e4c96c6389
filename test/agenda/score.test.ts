import { describe, expect, test } from 'vitest'
import { around, boxOf, isQuiet, meetingMs, score, stopAt, stopOf, stopsOf } from '../../src/agenda/score.ts'
import { timeBoxes } from '../../src/agenda/time-boxes.ts'
import type { Facts } from '../../src/record/shapes.ts'
import { anAction, anAgenda, anExposure, anIncident, aProblem, hoursAgo, morning } from '../support/builders.ts'

const names = (given: Partial<Facts>, said = { raised: 0, decided: 0 }) =>
  stopsOf(anAgenda(given), said).map(({ name }) => name)
const seconds = (count: number) => new Date(morning.getTime() + count * 1000)

test('the ten screens take fifteen minutes together', () => {
  expect(score).toHaveLength(10)
  expect(meetingMs).toBe(15 * 60_000)
})

test('if nothing is open the room leaves after four screens', () => {
  expect(names({ actions: [anAction()] })).toEqual(['roll-call', 'actions', 'service-levels', 'close'])
})

test.each([
  ['an incident of the night', { incidents: [anIncident({ ownerId: 'lea@example.com' })] }],
  ['a service on one site', { exposures: [anExposure()] }],
  ['a problem that nobody owns', { problems: [aProblem()] }],
])('%s takes the whole way', (_, given) => {
  expect(names(given)).toContain('right-now')
})

test('a standing problem that somebody owns does not lengthen a quiet day, a word from the floor does', () => {
  const agenda = anAgenda({ problems: [aProblem({ ownerId: 'lea@example.com' })] })

  expect(isQuiet(agenda, 0)).toBe(true)
  expect(isQuiet(agenda, 1)).toBe(false)
})

test('each incident is a stop of its own, the gravest first, between the levels and the problems', () => {
  const incidents = [anIncident({ id: 'INC-1', severity: 'sev4' }), anIncident({ id: 'INC-2', severity: 'sev1' })]

  const way = names({ incidents })

  expect(way.slice(3, 7)).toEqual([
    'service-levels',
    'incidents/incident INC-2',
    'incidents/incident INC-1',
    'problems',
  ])
})

test('where the room looked at something that is settled and gone since, it is at the screen on which that stood', () => {
  const agenda = anAgenda({ actions: [anAction()] })
  const stops = stopsOf(agenda, { raised: 0, decided: 0 })
  const at = (name: string) => stopOf(stops, agenda, name)?.name

  expect(at('actions/action gone')).toBe('actions')
  expect(at('actions.4')).toBe('actions')
  expect(at('still-open')).toBe('incidents')
  expect(at('right-now')).toBe('right-now')
  expect(at('')).toBe('roll-call')
})

test("last time's actions come before every new topic, whatever is parked", () => {
  const actions = [anAction({ id: 'ACT-1' })]
  const carried = [{ subject: 'incident INC-1', day: '2026-11-20', why: '' }]
  const way = names({ actions, incidents: [anIncident({ id: 'INC-1' })], carried })

  expect(way.indexOf('actions')).toBeLessThan(way.indexOf('incidents/incident INC-1'))
})

test('what was parked is first in its section, and says so', () => {
  const incidents = [anIncident({ id: 'INC-1', severity: 'sev1' }), anIncident({ id: 'INC-2', severity: 'sev4' })]
  const carried = [{ subject: 'incident INC-2', day: '2026-11-20', why: 'no time' }]

  const [first] = anAgenda({ incidents, carried }).sections[3]?.items ?? []

  expect(first).toMatchObject({ subject: { id: 'INC-2' }, parked: { day: '2026-11-20', why: 'no time' } })
})

test('a long list takes as many pages as it needs, and they share its time', () => {
  const actions = Array.from({ length: 12 }, (_, index) =>
    anAction({ id: `ACT-${index}`, dueAt: hoursAgo(index + 30) }),
  )
  const agenda = anAgenda({ actions, incidents: [anIncident()] })
  const pages = stopsOf(agenda, { raised: 0, decided: 0 }).filter(({ screen }) => screen === 'actions')

  expect(pages.map(({ name, items }) => [name, items.length])).toEqual([
    ['actions', 5],
    ['actions.2', 5],
    ['actions.3', 2],
  ])
  expect(pages.reduce((sum, page) => sum + boxOf(page), 0)).toBe(120_000)
})

test('any item has an address of its own, and from there the way goes on behind its screen', () => {
  const agenda = anAgenda({ actions: [anAction({ id: 'ACT-1', dueAt: hoursAgo(3) })], incidents: [anIncident()] })
  const stops = stopsOf(agenda, { raised: 0, decided: 0 })
  const stop = stopAt(stops, agenda, 'actions/action ACT-1')

  expect(stop?.item?.subject.id).toBe('ACT-1')
  expect(stop && around(stops, stop).after.name).toBe('service-levels')
  expect(stop && around(stops, stop).before.name).toBe('actions')
  expect(stopAt(stops, agenda, 'actions/action ACT-2')).toBeUndefined()
})

describe('the time of a stop', () => {
  const agenda = anAgenda({ incidents: [anIncident({ id: 'INC-1' })] })
  const stops = stopsOf(agenda, { raised: 0, decided: 0 })
  const boxesAt = (screen: string, visits: [string, number, number | null, number?][], now: number) => {
    const stop = stops.find(({ name }) => name === screen)
    if (!stop) throw new Error(`no ${screen}`)
    const state = {
      visits: visits.map(([name, from, to, extensions = 0]) => ({
        screen: name,
        from: seconds(from),
        to: to === null ? null : seconds(to),
        extensions,
      })),
    }
    return timeBoxes(state, { stop, stops, openedAt: morning, now: seconds(now) })
  }

  test('runs down, and below nothing', () => {
    expect(boxesAt('roll-call', [['roll-call', 0, null]], 30).leftMs).toBe(15_000)
    expect(boxesAt('roll-call', [['roll-call', 0, null]], 60).leftMs).toBe(-15_000)
  })

  test('goes on where it stood when the room comes back', () => {
    const visits: [string, number, number | null][] = [
      ['roll-call', 0, 20],
      ['right-now', 20, 30],
      ['roll-call', 30, null],
    ]

    expect(boxesAt('roll-call', visits, 40).leftMs).toBe(15_000)
  })

  test('what is left over can be lent, a minute at a time, and is gone then', () => {
    const lent = (extensions: number) =>
      boxesAt(
        'right-now',
        [
          ['roll-call', 0, 5],
          ['right-now', 5, null, extensions],
        ],
        6,
      )

    expect(lent(0)).toMatchObject({ leftMs: 89_000, bankMs: 40_000 })
    expect(lent(1)).toMatchObject({ leftMs: 149_000, bankMs: 0 })
  })

  test('is never lent beyond what the meeting has left', () => {
    expect(
      boxesAt(
        'close',
        [
          ['roll-call', 0, 1],
          ['close', 880, null],
        ],
        890,
      ).bankMs,
    ).toBe(0)
  })
})
