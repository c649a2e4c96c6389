import { randomInt } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { meetingDayOf } from '../calendar.ts'
import { findMeetingState, meetingIdOf } from '../record/meeting-events.ts'
import type { Env } from './house.ts'

/** Who holds the code on the wall is in the room: for as long as that meeting sits, and without a name. */
export async function isGuest(c: Context<Env>, code: string | undefined = getCookie(c, 'guest')): Promise<boolean> {
  if (!code) return false

  const day = meetingDayOf(c.var.now, c.var.settings.rhythm)
  const { joinCode } = await findMeetingState(c.var.db, await meetingIdOf(c.var.db, day))
  return joinCode !== null && joinCode === code.trim().toUpperCase()
}

export function rememberGuest(c: Context<Env>, code: string): void {
  setCookie(c, 'guest', code.trim().toUpperCase().slice(0, 12), {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.var.settings.publicUrl.protocol === 'https:',
    maxAge: 4 * 60 * 60,
  })
}

/** Six letters and figures that are not mistaken for each other from six metres. */
export function drawCode(): string {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
  return Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')
}
