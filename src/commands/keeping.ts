import { stat } from 'node:fs/promises'
import { aMinute } from '../calendar.ts'
import type { Job } from '../clock.ts'
import type { Settings } from '../config.ts'
import { AbandonedError, abandonWorkApart } from '../record/apart.ts'
import { backupOf, keepUpBackup } from '../record/backup.ts'
import type { Db } from '../record/db.ts'

/** How the server keeps its backup up: what was written is on the other disk within this time. */
export const shippingMs = 10_000
// A server that is just coming up, or keeps falling over, has other work.
const restMs = 5 * aMinute

export interface Keeping {
  job: Job
  /** Ends copies and trials under way: nobody is promised anything of them. */
  abandon(): void
  /** Ships what is left and ends. */
  stop(): Promise<void>
}
interface Surroundings {
  now: () => Date
  onFault(job: string, fault: unknown): void
}

/** Ships the change log every few seconds, takes a snapshot each hour, and tries the backup each day. */
export function keepBackup(db: Db, settings: Settings, { now, onFault }: Surroundings): Keeping {
  const begun = now().getTime()
  const told = { fault: '' }
  const ship = async () => {
    try {
      await (await backupOf(db, settings)).ship(now())
      told.fault = ''
    } catch (fault) {
      if (told.fault !== String(fault)) onFault('ship', fault) // once, not every ten seconds
      told.fault = String(fault)
    }
  }
  const every = setInterval(ship, shippingMs)
  void ship()
  return {
    job: {
      name: 'backup',
      async run() {
        if (now().getTime() - begun < restMs) return
        await keepUpBackup(await backupOf(db, settings), db, now).catch(unlessAbandoned)
      },
    },
    abandon: abandonWorkApart,
    async stop() {
      clearInterval(every)
      await ship()
      await backupOf(db, settings).then(
        (backup) => backup.close(),
        () => undefined,
      )
    },
  }
}

function unlessAbandoned(error: unknown): void {
  if (!(error instanceof AbandonedError)) throw error
}

/** A backup on the record's own disk is lost with it. */
export async function isOnSameDisk({ folder, backupFolder, databaseUrl }: Settings): Promise<boolean> {
  if (!databaseUrl.startsWith('file:')) return false // the record is a server's, the backup is here

  const [record, backup] = await Promise.all([folder, backupFolder].map((path) => stat(path).catch(() => null)))
  return record?.dev !== undefined && record.dev === backup?.dev
}
