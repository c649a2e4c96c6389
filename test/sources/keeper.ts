import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { openRecord } from '../../src/record/db.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { hoursAgo, morning } from '../support/morning.ts'
import { aGroup, anAlert, send } from './an-alert.ts'

// Keeps deliveries and says which, one line each, until it is killed. `ingesting`: also makes facts of them meanwhile.
const [folder = '', round = '', mode = ''] = process.argv.slice(2)
const place = { folder, databaseUrl: pathToFileURL(`${folder}/muster.db`).href, databaseToken: null }
const db = await openRecord(place, { now: hoursAgo(9), onFatal: () => process.exit(1) })

for (let number = 0; ; number++) {
  const bodies = [0, 1, 2, 3].map((one) => `r${round}n${number}x${one}`)
  const kept = bodies.map((fingerprint) => send(db, aGroup([anAlert({ fingerprint, startsAt: hoursAgo(1) })])))
  await Promise.all(kept)
  writeSync(1, `${bodies.join('\n')}\n`)
  if (mode === 'ingesting') void ingestWaiting(db, morning)
}
