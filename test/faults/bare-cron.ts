import { writeSync } from 'node:fs'
import { schedule } from 'node-cron'

// A job that trusts node-cron alone. Says each time it is run. usage: bare-cron.ts 'CRON' ZONE
const [when = '', timezone = 'UTC'] = process.argv.slice(2)
schedule(when, () => void writeSync(1, `${new Date().toISOString()}\n`), { timezone, suppressMissedWarning: true })
setInterval(() => undefined, 50) // awake, to see its clock being set
process.stdout.write('ready\n')
