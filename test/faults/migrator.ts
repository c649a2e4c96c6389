import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { openRecord } from '../../src/record/db.ts'

// Opens the record of FOLDER with the migrations of MIGRATIONS. usage: migrator.ts FOLDER MIGRATIONS
const [folder = '', migrations = ''] = process.argv.slice(2)
const place = { folder, databaseUrl: pathToFileURL(`${folder}/muster.db`).href, databaseToken: null }
writeSync(1, 'begin\n')
const db = await openRecord(place, {
  now: new Date('2026-11-23T08:00:00Z'),
  onFatal: ({ exitCode }) => process.exit(exitCode),
  migrations,
})
await db.close()
writeSync(1, 'end\n')
