import type { Db } from './db.ts'

/** The same record, in which everything is decided and nothing is written. */
export function rehearsing({ orm, alone, bornAt, version, close }: Db): Db {
  return { orm, alone, bornAt, version, close, batch: async () => [] }
}
