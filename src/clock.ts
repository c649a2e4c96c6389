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

const aTickMs = 60_000
const lookMs = 5_000

/**
 * Strikes at once, then every minute, and within seconds where one went by unheard: the loop was busy, the machine asleep, the
 * clock set. node-cron is the tick only: alone it skips such minutes, whole days at clock changes, and is silent for as long as
 * the clock was set back.
 */
export function startClock(
  jobs: readonly Job[],
  { now, onFault }: { now: () => Date; onFault: (job: string, fault: unknown) => void },
): Clock {
  const rounds = jobs.map((job) => oneAtATime(job, onFault))
  const struck = { minute: minuteOf(now()) }
  const strike = () => {
    struck.minute = minuteOf(now())
    return Promise.all(rounds.map((round) => round(now())))
  }
  const minutes = schedule('* * * * *', strike, { timezone: 'UTC', suppressMissedWarning: true })
  const watch = setInterval(() => {
    const isUnheard = minuteOf(now()) !== struck.minute && now().getTime() % aTickMs > lookMs / 2
    if (isUnheard) void strike()
  }, lookMs)
  void strike()
  return {
    async stop() {
      clearInterval(watch)
      await minutes.destroy()
      await Promise.all(rounds.map((round) => round(null)))
    },
  }
}

function minuteOf(at: Date): number {
  return Math.floor(at.getTime() / aTickMs)
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
