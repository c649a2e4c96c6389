import type { MeetingState, Visit } from '../record/meeting-state.ts'
import { boxOf, meetingMs, type Stop } from './score.ts'

/** A minute at a time may be borrowed from what earlier screens left over. */
export const extensionMs = 60_000

export interface TimeBoxes {
  leftMs: number // of this stop; below zero it is red
  bankMs: number // what the stops before this one left over, less what was borrowed, and no more than the meeting has
  meetingLeftMs: number
  extensions: number // borrowed for this stop
}

/** How the time stands. What is left over goes to the bank, what runs over is taken from it; the bank is never in debt. */
export function timeBoxes(
  { visits }: Pick<MeetingState, 'visits'>,
  { stop, stops, openedAt, now }: { stop: Stop; stops: readonly Stop[]; openedAt: Date; now: Date },
): TimeBoxes {
  const here = visits.filter(({ screen }) => screen === stop.name)
  const extensions = extensionsOf(here)
  const banked = stops
    .filter(({ name }) => name !== stop.name)
    .flatMap((other) => leftOver(other, visits, now))
    .reduce((sum, ms) => sum + ms, 0)
  const leftMs = boxOf(stop) + extensions * extensionMs - spentIn(here, now)
  const meetingLeftMs = meetingMs - (now.getTime() - openedAt.getTime())
  const ahead = stops.filter(({ name }) => name !== stop.name && !visits.some(({ screen }) => screen === name))
  const spare = meetingLeftMs - Math.max(0, leftMs) - ahead.reduce((sum, one) => sum + boxOf(one), 0)
  return {
    leftMs,
    bankMs: Math.max(0, Math.min(banked - extensionsOf(visits) * extensionMs, spare)),
    meetingLeftMs,
    extensions,
  }
}

function leftOver(stop: Stop, visits: readonly Visit[], now: Date): number[] {
  const its = visits.filter(({ screen }) => screen === stop.name)
  return its.length === 0 ? [] : [boxOf(stop) + extensionsOf(its) * extensionMs - spentIn(its, now)]
}

function spentIn(visits: readonly Visit[], now: Date): number {
  return visits.reduce((sum, { from, to }) => sum + ((to ?? now).getTime() - from.getTime()), 0)
}

function extensionsOf(visits: readonly Visit[]): number {
  return visits.reduce((sum, { extensions }) => sum + extensions, 0)
}
