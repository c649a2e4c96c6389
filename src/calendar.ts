/** From exclusive, to inclusive: an event at `to` belongs to this window, one at `from` to the one before. */
export interface Window { from: Date; to: Date }

/** When the meeting is due. weekdays: 1 = Monday .. 7 = Sunday. holidays: days on which it is not. */
export interface Rhythm { hour: number; minute: number; weekdays: ReadonlySet<number>; zone: string; holidays: ReadonlySet<string> }

export const aMinute = 60_000
export const anHour = 60 * aMinute
export const aDay = 24 * anHour
