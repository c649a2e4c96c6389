import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { openRecord } from '../../src/record/db.ts'
import { changeEvents, changes } from '../../src/record/schema.ts'

// Writes operations of three rows in two tables, many at a time, and says each one's name once it is acknowledged.
// usage: writer.ts FOLDER NAME strong|hasty|weak
const [folder = '', name = '', door = 'strong'] = process.argv.slice(2)
const url = pathToFileURL(`${folder}/muster.db`).href
const at = new Date('2026-11-23T08:00:00Z')
const write = door === 'strong' ? await strongDoor() : door === 'hasty' ? await hastyDoor() : await weakDoor()
process.stdout.write('ready\n')
await Promise.all(Array.from({ length: 8 }, (_, writer) => keepWriting(writer)))

async function keepWriting(writer: number): Promise<never> {
  for (let number = 0; ; number++) {
    const id = `${name}-${writer}-${number}`
    const kept = await write(id).then(
      () => true,
      () => false,
    )
    if (kept) process.stdout.write(`${id}\n`)
    else await new Promise((later) => setTimeout(later, 5))
  }
}

async function strongDoor(): Promise<(id: string) => Promise<unknown>> {
  const place = { folder, databaseUrl: url, databaseToken: null }
  const db = await openRecord(place, { now: at, onFatal: ({ exitCode }) => process.exit(exitCode) })
  return (id) =>
    db.batch([
      db.orm.insert(changes).values({ id, at, what: 'search deploy', recordedAt: at }),
      ...['denied', 'rolled-back'].map((kind) =>
        db.orm.insert(changeEvents).values({ changeId: id, at, recordedAt: at, kind, origin: 'room' }),
      ),
    ])
}

/** All of the settings but one: it does not wait for the disk. */
async function hastyDoor(): Promise<(id: string) => Promise<unknown>> {
  const client = createClient({ url, concurrency: 1 })
  for (const pragma of ['locking_mode=EXCLUSIVE', 'journal_mode=WAL', 'synchronous=NORMAL'])
    await client.execute(`PRAGMA ${pragma}`)
  const change = 'INSERT INTO changes (id, at, what, recorded_at) VALUES (?, 0, ?, 0)'
  return (id) => client.batch([{ sql: change, args: [id, 'search deploy'] }], 'write')
}

/** What the driver does when nobody sets it up: no exclusive lock, a transaction opened by hand. */
async function weakDoor(): Promise<(id: string) => Promise<unknown>> {
  const client = createClient({ url })
  const change = 'INSERT INTO changes (id, at, what, recorded_at) VALUES (?, 0, ?, 0)'
  const event = `INSERT INTO change_events (change_id, at, recorded_at, kind, origin) VALUES (?, 0, 0, ?, 'room')`
  return async (id) => {
    await client.execute({ sql: change, args: [id, 'search deploy'] })
    await client.execute({ sql: event, args: [id, 'denied'] })
    await client.execute({ sql: event, args: [id, 'rolled-back'] })
  }
}
