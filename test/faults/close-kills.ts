import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { findSnapshot, outputsOfMeeting } from '../../src/record/closing.ts'
import { type Db, openRecord } from '../../src/record/db.ts'
import { meetingsBefore } from '../../src/record/meetings.ts'
import { anAlert, tellRoom } from '../support/a-room.ts'
import { hoursAgo } from '../support/morning.ts'
import { runScript } from './kills.ts'

export interface CloseToll {
  kills: number
  closed: number
  acknowledgedAndLost: number
  halves: string[] // meetings with some of the outputs and not all
}

/** Kills a program that closes one meeting after the other, at any moment of the close, and looks what each left behind. */
export async function killWhileClosing({ kills, way }: { kills: number; way: 'whole' | 'halves' }): Promise<CloseToll> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-close-'))
  const toll: CloseToll = { kills: 0, closed: 0, acknowledgedAndLost: 0, halves: [] }
  const acknowledged = new Set<string>()
  try {
    await withRecord(folder, fill)
    for (; toll.kills < kills; toll.kills++) {
      // In turns during the first close, and once one has been acknowledged: however slow the machine, some are closed.
      const after = way === 'halves' ? 'halfway' : toll.kills % 2 === 0 ? 'closing' : 'adjourned'
      for (const day of await closedUntilKilled(folder, way, after)) acknowledged.add(day)
      await withRecord(folder, async (db) => Object.assign(toll, await reckon(db, acknowledged)))
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return toll
}

async function closedUntilKilled(folder: string, way: string, after: string): Promise<string[]> {
  const closer = await runScript('closer.ts', [folder, way])
  const ended = once(closer, 'exit')
  const said: string[] = []
  if (closer.stdout === null) throw new Error('the closer is silent')
  const lines = createInterface({ input: closer.stdout })
  const heard = new Promise<void>((begun) =>
    lines.on('line', (line) => {
      said.push(line)
      if (line.startsWith(after)) begun()
    }),
  )
  await Promise.race([heard, ended])
  await pause(Math.random() * 80)
  closer.kill('SIGKILL')
  await ended
  return said.flatMap((line) => (line.startsWith('adjourned ') ? [line.slice(10)] : []))
}

async function reckon(db: Db, acknowledged: ReadonlySet<string>): Promise<Omit<CloseToll, 'kills'>> {
  const meetings = await meetingsBefore(db, new Date('2100-01-01'), 1_000)
  const halves: string[] = []
  for (const { id, closedAt } of meetings) {
    const { levels, postmortems, problems, lookBack } = await outputsOfMeeting(db, id)
    const parts = [levels, postmortems, problems, lookBack].map((rows) => rows.length > 0)
    const all = [...parts, (await findSnapshot(db, id)) !== undefined, closedAt !== null]
    if (all.some(Boolean) && !all.every(Boolean)) halves.push(id)
  }
  const closed = new Set(meetings.filter(({ closedAt }) => closedAt !== null).map(({ id }) => id))
  return {
    closed: closed.size,
    acknowledgedAndLost: [...acknowledged].filter((day) => !closed.has(day)).length,
    halves,
  }
}

async function withRecord(folder: string, work: (db: Db) => Promise<unknown>): Promise<void> {
  const databaseUrl = pathToFileURL(`${folder}/muster.db`).href
  const raise = ({ why }: { why: string }): never => {
    throw new Error(why)
  }
  const db = await openRecord({ folder, databaseUrl, databaseToken: null }, { now: hoursAgo(500), onFatal: raise })
  try {
    await work(db)
  } finally {
    await db.close()
  }
}

/** Enough that each of the four outputs has something to hold on every day. */
async function fill(db: Db): Promise<void> {
  const alerts = Array.from({ length: 40 }, (_, index) => anAlert(`INC-${index}`, hoursAgo(3), { severity: 'sev1' }))
  const problems = Array.from({ length: 40 }, (_, index) => ({
    kind: 'problem' as const,
    id: `PRB-${index}`,
    at: hoursAgo(90),
    told: { title: `Problem ${index}`, openedAt: hoursAgo(90) },
  }))
  const service = {
    kind: 'service' as const,
    tier: null,
    objective: 99.9,
    sitesRequired: null,
    team: null,
    needs: null,
  }
  await tellRoom(db, [...alerts, ...problems, { ...service, id: 'search' }])
  const decided = alerts.map((_, index) => ({
    kind: 'incident-event' as const,
    incidentId: `INC-${index}`,
    at: hoursAgo(1),
    event: 'postmortem' as const,
    value: 'yes',
  }))
  await tellRoom(db, decided)
}
