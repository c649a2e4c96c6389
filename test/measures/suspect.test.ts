import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aDay, anHour } from '../../src/calendar.ts'
import { changesBefore, reachOf, suspectOf } from '../../src/measures/suspect.ts'
import type { Change, Service } from '../../src/record/shapes.ts'

const startedAt = new Date('2026-11-22T03:00:00Z')
const incident = { service: 'checkout', startedAt, changeId: null }
const services = [aService('checkout', ['basket']), aService('basket', ['disk', 'checkout']), aService('search', [])]

test('the newest change of its service or of what that needs is suspected first', () => {
  const changes = [
    aChange('old', -20),
    aChange('far below', -2, { service: 'disk' }),
    aChange('elsewhere', -1, { service: 'search' }),
  ]

  expect(suspectOf(incident, changes, services)?.id).toBe('far below')
  expect(changesBefore(incident, changes, services).map(({ id }) => id)).toEqual(['far below', 'old'])
})

test('a change at the very start may have caused it, one after the start never', () => {
  expect(suspectOf(incident, [aChange('at once', 0)], services)?.id).toBe('at once')
  expect(suspectOf({ ...incident, changeId: 'after' }, [aChange('after', 0.001)], services)).toBeNull()
  expect(changesBefore(incident, [aChange('after', 0.001)], services)).toEqual([])
})

test('a change more than a day old is listed, not suspected', () => {
  const changes = [aChange('yesterday', -24.001)]

  expect(changesBefore(incident, changes, services)).toHaveLength(1)
  expect(suspectOf(incident, changes, services)).toBeNull()
  expect(suspectOf(incident, [aChange('just in time', -24)], services)?.id).toBe('just in time')
})

test('a denial clears nothing', () => {
  const denied = aChange('denied', -1, { deniedAt: new Date('2026-11-22T08:00:00Z') })

  expect(suspectOf(incident, [denied, aChange('older', -2)], services)?.id).toBe('denied')
})

test('what was rolled back before the start is listed, not suspected; rolled back after it, it is', () => {
  const before = aChange('undone before', -3, { rolledBackAt: startedAt })
  const after = aChange('undone after', -4, { rolledBackAt: new Date(startedAt.getTime() + anHour) })

  expect(suspectOf(incident, [before, after], services)?.id).toBe('undone after')
  expect(changesBefore(incident, [before, after], services)).toHaveLength(2)
})

test('the change an incident names outranks the guess', () => {
  const changes = [aChange('newest', -1), aChange('named', -30, { service: 'search' })]

  expect(suspectOf({ ...incident, changeId: 'named' }, changes, services)?.id).toBe('named')
})

test('without a service nothing can be suspected', () => {
  expect(
    suspectOf({ ...incident, service: null }, [aChange('one', -1), aChange('silent', -1, { service: null })], services),
  ).toBeNull()
})

test('what needs each other in a circle is reached once', () => {
  expect([...reachOf('checkout', services)]).toEqual(['checkout', 'basket', 'disk'])
  expect([...reachOf('unheard of', services)]).toEqual(['unheard of'])
})

test('whatever was changed, the suspect came before, within a day, from what the service reaches, and none such is newer', () => {
  const told = fc.record({
    hours: fc.integer({ min: -50, max: 10 }),
    service: fc.constantFrom('checkout', 'basket', 'disk', 'search', null),
  })
  fc.assert(
    fc.property(fc.array(told), (all) => {
      const changes = all.map(({ hours, service }, index) => aChange(`change ${index}`, hours, { service }))
      const possible = changes.filter(({ at, service }) => {
        const age = startedAt.getTime() - at.getTime()
        return age >= 0 && age <= aDay && ['checkout', 'basket', 'disk'].includes(service ?? '')
      })
      const newest = Math.max(...possible.map(({ at }) => at.getTime()))

      expect(suspectOf(incident, changes, services)?.at.getTime() ?? Number.NEGATIVE_INFINITY).toBe(newest)
    }),
  )
})

function aChange(id: string, hours: number, told: Partial<Change> = {}): Change {
  const unsaid = {
    site: null,
    who: null,
    url: null,
    kind: null,
    rolledBackAt: null,
    deniedAt: null,
    inResponseTo: null,
  }
  const at = new Date(startedAt.getTime() + hours * anHour)
  return { id, at, what: `${id} deployed`, service: 'checkout', source: 'room', late: false, ...unsaid, ...told }
}

function aService(id: string, needs: string[]): Service {
  return {
    id,
    tier: null,
    objective: null,
    sitesRequired: null,
    team: null,
    needs: needs.map((one) => ({ needs: one, group: '' })),
  }
}
