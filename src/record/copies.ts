import { pathToFileURL } from 'node:url'
import type { Client } from '@libsql/client/sqlite3'
import type { LibSQLDatabase } from 'drizzle-orm/libsql'
import { drizzle } from 'drizzle-orm/libsql/sqlite3'
import * as schema from './schema.ts'

/** A record's copy, in one file of its own that nobody else uses. */
export interface Copy {
  client: Client
  orm: LibSQLDatabase<typeof schema>
}

/** Opens it, lets `work` with it, closes it: afterwards all of it lies in that one file. */
export async function withCopy<T>(path: string, work: (copy: Copy) => Promise<T>): Promise<T> {
  const { createClient } = await import('@libsql/client/sqlite3')
  const client = createClient({ url: pathToFileURL(path).href, concurrency: 1 })
  try {
    await client.execute('PRAGMA journal_mode=DELETE')
    return await work({ client, orm: drizzle({ client, schema, casing: 'snake_case' }) })
  } finally {
    client.close()
  }
}
