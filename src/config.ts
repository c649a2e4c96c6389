import type { Rhythm } from './calendar.ts'

/** The environment, read once and refused if wrong. */
export interface Settings {
  port: number
  host: string
  publicUrl: URL
  folder: string // MUSTER_DATA, absolute
  databaseUrl: string // file: in the folder, or a libSQL server's
  databaseToken: string | null
  rhythm: Rhythm // MUSTER_MEETING, MUSTER_ZONE, MUSTER_HOLIDAYS
  smtpUrl: string | null
  mailFrom: string | null
  frozenAt: Date | null // MUSTER_NOW
}
