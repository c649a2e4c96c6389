import { schedule } from 'node-cron'

/** Something that is due again and again. It decides itself, from what is recorded, whether there is anything to be done. */
export interface Job {
  name: string
  run(at: Date): Promise<unknown>
}
export interface Clock {
  /** No further minute strikes; resolves when the jobs under way have ended. */
  stop(): Promise<void>
}

/**
 * Strikes at once, then every minute, and as soon as it can where a minute went by unheard. node-cron is the tick only: alone it
 * skips days at clock changes, and minutes while the loop is busy or the machine asleep.
 */
export function startClock(
  jobs: readonly Job[],
  { now, onFault }: { now: () => Date; onFault: (job: string, fault: unknown) => void },
): Clock {
  const rounds = jobs.map((job) => oneAtATime(job, onFault))
  const strike = () => Promise.all(rounds.map((round) => round(now())))
  const minutes = schedule('* * * * *', strike, { timezone: 'UTC', suppressMissedWarning: true })
  const heard = { late: false, over: false }
  minutes.on('execution:missed', () => {
    if (heard.late) return // of many that went by at once
    heard.late = true
    setImmediate(() => {
      heard.late = false
      if (!heard.over) void strike()
    })
  })
  void strike()
  return {
    async stop() {
      heard.over = true
      await minutes.destroy()
      await Promise.all(rounds.map((round) => round(null)))
    },
  }
}

/** A job still under way when its next minute strikes is not begun again. null = only wait for it. */
export function oneAtATime(
  job: Job,
  onFault: (job: string, fault: unknown) => void,
): (at: Date | null) => Promise<void> {
  const underWay: { end: Promise<void> | null } = { end: null }
  return async (at) => {
    if (underWay.end !== null || at === null) return underWay.end ?? undefined
    underWay.end = runJob(job, at, onFault).finally(() => Object.assign(underWay, { end: null }))
    return underWay.end
  }
}

async function runJob(job: Job, at: Date, onFault: (job: string, fault: unknown) => void): Promise<void> {
  try {
    await job.run(at)
  } catch (fault) {
    onFault(job.name, fault)
  }
}
