import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { parseRhythm } from '../../src/calendar.ts'
import { type Db, openRecord } from '../../src/record/db.ts'
import type { Fact, Telling } from '../../src/record/fact.ts'
import { layRecord } from '../support/born.ts'

export const berlin = parseRhythm('09:00 mon-fri', 'Europe/Berlin')

/** An empty record in a folder of its own, gone after the test. */
export async function anEmptyRecord(bornAt = new Date('2026-01-01T00:00:00Z')): Promise<Db> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-record-'))
  await layRecord(folder, bornAt)
  const db = await openRecord(
    { folder, databaseUrl: `file:${join(folder, 'muster.db')}`, databaseToken: null },
    { now: bornAt, onFatal: (fatal) => console.error(fatal) },
  )
  onTestFinished(async () => {
    await db.close()
    await rm(folder, { recursive: true, force: true })
  })
  return db
}

export function told(recordedAt: string, more: Partial<Telling> = {}): Telling {
  return { recordedAt: new Date(recordedAt), source: 'alertmanager', origin: 'tool', class: 'automated', ...more }
}

export function instant(text: string): Date {
  return new Date(text)
}

export function anIncidentFact(id: string, startedAt: string, more: object = {}): Fact {
  const at = new Date(startedAt)
  return {
    kind: 'incident',
    id,
    at,
    told: { title: `${id} failed`, service: 'search', severity: 'sev2', startedAt: at, ...more },
  }
}
