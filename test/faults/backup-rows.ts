import type { Db } from '../../src/record/db.ts'
import { openChangeLog } from '../../src/record/shipping.ts'
import { takeSnapshot } from '../../src/record/snapshots.ts'
import { badNight } from './bad-night.ts'
import { restoreBig, stallWhileCopying } from './big-record.ts'
import { drillDamaged } from './drills.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import { loseTheMachine } from './lost-machine.ts'
import { dice, live } from './random-life.ts'
import { equalAt, lookedAtSizes, rotEverywhere, rowsEqualAt } from './rebuilding.ts'
import type { Outcome, Row } from './table.ts'
import { tearBackups } from './torn-backups.ts'

/** What may happen to the backup, and what only the backup survives. */
export const backupRows: readonly Row[] = [
  { id: 'D10', fault: 'kill -9 and the data folder gone', times: 50, run: (times) => lostMachine(times, 'whole') },
  {
    id: 'D10c',
    fault: 'control: the same without the change log (must lose)',
    times: 3,
    run: (times) => lostMachine(times, 'no log'),
  },
  { id: 'D11', fault: 'a record of 100 MB gone, one command to bring it back', times: 1, run: bigRestore },
  { id: 'D12', fault: 'the whole record as of a random moment, 20,000 operations', times: 100, run: wholeAtMoments },
  { id: 'D12r', fault: 'a row and a table as of a random moment', times: 100, run: rowsAtMoments },
  { id: 'D13', fault: 'kill -9 half-way through a backup', times: 50, run: tornBackups },
  { id: 'D14', fault: 'one bit of the backup flipped', times: 200, run: (times) => rot(times, null) },
  {
    id: 'D14c',
    fault: 'control: found by the sizes alone (must miss)',
    times: 20,
    run: (times) => rot(times, lookedAtSizes),
  },
  { id: 'D15', fault: 'owners wiped, half deleted, a bad import; seen 8 h later', times: 1, run: badNight },
  { id: 'D16', fault: 'a damaged backup, found by the daily drill', times: 20, run: drillDamaged },
  {
    id: 'D18',
    fault: 'a snapshot of 50 MB under load: the loop stalls for',
    times: 3,
    run: (times) => stalls(times, 'still'),
  },
  {
    id: 'D18c',
    fault: 'control: VACUUM INTO within the loop (must stall longer)',
    times: 1,
    run: (times) => stalls(times, 'vacuum'),
  },
]

async function lostMachine(times: number, kept: 'whole' | 'no log'): Promise<Outcome> {
  const { tried, acknowledged, lost, worstLossMs, unrestored } = await loseTheMachine(times, kept)
  const holds = unrestored === 0 && worstLossMs <= 60_000
  return {
    tried,
    survived: tried - unrestored,
    lost: `${lost} of ${acknowledged}, none told more than ${(worstLossMs / 1000).toFixed(1)} s before`,
    worstMs: worstLossMs,
    asMeant: kept === 'whole' ? holds : lost > 0,
  }
}

async function bigRestore(): Promise<Outcome> {
  const { megabytes, ms, equal } = await restoreBig(100)
  const asMeant = equal && ms <= 120_000
  return { tried: 1, survived: equal ? 1 : 0, lost: `0 rows of ${megabytes} MB`, worstMs: ms, asMeant }
}

const from = new Date('2026-11-01T00:00:00Z')
const operations = 20_000

async function wholeAtMoments(times: number): Promise<Outcome> {
  return inALife(times, async (db, backup, moments) => {
    const log = await openChangeLog(db, backup)
    await log.ship(new Date(from.getTime() + 1))
    const half = Math.floor(moments.length / 2)
    const first = await equalAt(log.branch, moments.slice(0, half))
    await takeSnapshot(db, log.branch, new Date(from.getTime() + 2))
    const second = await equalAt(log.branch, moments.slice(half))
    await log.close()
    const unequal = [...first.unequal, ...second.unequal]
    return outcomeOf(first.tried + second.tried, unequal)
  })
}

async function rowsAtMoments(times: number): Promise<Outcome> {
  return inALife(times, async (db, _, moments) => {
    const { tried, unequal } = await rowsEqualAt(db, moments)
    return outcomeOf(tried, unequal)
  })
}

async function inALife(
  times: number,
  work: (db: Db, backup: string, moments: Awaited<ReturnType<typeof live>>) => Promise<Outcome>,
): Promise<Outcome> {
  return inTempFolder(async (folder) => {
    const db = await openHere(`${folder}/record`)
    try {
      return await work(
        db,
        `${folder}/backup`,
        await live(db, { operations, remembrances: times, from, roll: dice(times) }),
      )
    } finally {
      await db.close()
    }
  })
}

function outcomeOf(tried: number, unequal: readonly string[]): Outcome {
  const lost = unequal[0] ?? `${tried} of ${tried} equal`
  return { tried, survived: tried - unequal.length, lost, worstMs: null, asMeant: unequal.length === 0 }
}

async function tornBackups(times: number): Promise<Outcome> {
  const { tried, offeredBroken, notMended } = await tearBackups(times)
  const failed = offeredBroken + notMended
  const lost = `${offeredBroken} partial ones offered, ${notMended} not mended`
  return { tried, survived: tried - failed, lost, worstMs: null, asMeant: failed === 0 }
}

async function rot(times: number, weakly: typeof lookedAtSizes | null): Promise<Outcome> {
  return inTempFolder(async (folder) => {
    const db = await openHere(`${folder}/record`)
    const log = await openChangeLog(db, `${folder}/backup`)
    for (let n = 0; n < 5; n++) {
      await live(db, { operations: 150, remembrances: 1, from, roll: dice(n + 1) })
      await log.ship(new Date(from.getTime() + n * 3_600_000))
      await takeSnapshot(db, log.branch, new Date(from.getTime() + n * 3_600_000))
    }
    const { tried, found } = await rotEverywhere(log.branch, {
      flips: times,
      roll: dice(99),
      ...(weakly && { look: weakly }),
    })
    await log.close()
    await db.close()
    const asMeant = weakly ? found < tried : found === tried
    return { tried, survived: found, lost: `${tried - found} not found`, worstMs: null, asMeant }
  })
}

async function stalls(times: number, how: 'still' | 'vacuum'): Promise<Outcome> {
  const { worstMs, megabytes } = await stallWhileCopying(50, { times, how })
  const asMeant = how === 'still' ? worstMs <= 250 : worstMs > 50
  return { tried: times, survived: times, lost: `nothing of ${megabytes} MB`, worstMs, asMeant }
}
