import { constants, setPriority } from 'node:os'
import { copyRecord } from './copying.ts'
import { rebuild } from './rebuilding.ts'
import { verify } from './verifying.ts'

// usage: copy|rebuild|verify JSON. Says its answer as JSON; whoever serves pages goes first.
const [task = '', asked = '{}'] = process.argv.slice(2)
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const tasks: Record<string, (asked: never) => Promise<unknown>> = { copy: copyRecord, rebuild, verify }
const work = tasks[task]
if (work === undefined) throw new Error(`there is no task ${JSON.stringify(task)}`)
try {
  process.stdout.write(JSON.stringify(await work(JSON.parse(asked) as never)))
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
