import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { openRecord } from '../../src/record/db.ts'
import { changeEvents, changes } from '../../src/record/schema.ts'
import { openChangeLog } from '../../src/record/shipping.ts'

// One scripted life of a record: written, shipped, carried over, shipped again. Says each id once it is acknowledged.
// usage: scenario.ts FOLDER BACKUP
const [folder = '', backup = ''] = process.argv.slice(2)
const at = new Date('2026-11-23T08:00:00Z')
const place = { folder, databaseUrl: pathToFileURL(`${folder}/muster.db`).href, databaseToken: null }
const db = await openRecord(place, { now: at, clock: () => at, onFatal: ({ exitCode }) => process.exit(exitCode) })
const log = await openChangeLog(db, backup)
for (let n = 0; n < 12; n++) {
  const id = `c${n}`
  await db.batch([
    db.orm.insert(changes).values({ id, at, what: 'search deploy', recordedAt: at }),
    db.orm.insert(changeEvents).values({ changeId: id, at, recordedAt: at, kind: 'denied', origin: 'room' }),
  ])
  writeSync(1, `${id}\n`)
  if (n % 4 === 3) await log.ship(new Date(at.getTime() + n * 3_600_000))
  if (n === 6) await db.still?.(async () => undefined)
}
await log.close()
await db.close()
