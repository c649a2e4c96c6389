import { expect, test } from 'vitest'
import { isNews, type Window } from '../src/calendar.ts'

const friday: Window = { from: new Date('2026-11-19T08:00:00Z'), to: new Date('2026-11-20T08:00:00Z') }
const monday: Window = { from: friday.to, to: new Date('2026-11-23T08:00:00Z') }
const longAgo = new Date('2026-01-01T00:00:00Z')

test('what happened on the cut-off belongs to the morning it ends', () => {
  const event = { at: friday.to, recordedAt: friday.to }

  expect([isNews(event, friday, longAgo), isNews(event, monday, longAgo)]).toEqual(['new', null])
})

test('what Friday had not heard of is late on Monday, and new on neither', () => {
  const event = { at: new Date('2026-11-20T07:30:00Z'), recordedAt: new Date('2026-11-20T11:00:00Z') }

  expect([isNews(event, friday, longAgo), isNews(event, monday, longAgo)]).toEqual([null, 'late'])
})

test('what happened before the record was born is the news of its own morning, however late it was imported', () => {
  const event = { at: new Date('2026-11-20T07:30:00Z'), recordedAt: new Date('2026-11-21T11:00:00Z') }
  const bornAt = new Date('2026-11-21T10:00:00Z')

  expect([isNews(event, friday, bornAt), isNews(event, monday, bornAt)]).toEqual(['new', null])
})

test('what was announced before it happened is the news of the morning it happens in', () => {
  const event = { at: new Date('2026-11-22T12:00:00Z'), recordedAt: new Date('2026-11-19T12:00:00Z') }

  expect([isNews(event, friday, longAgo), isNews(event, monday, longAgo)]).toEqual([null, 'new'])
})
