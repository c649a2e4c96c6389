import type { Db } from './db.ts'

/** The same record, in which everything is decided and nothing is written. */
export function rehearsing({ orm, alone, bornAt, version, onWrite, still, close }: Db): Db {
  return { orm, alone, bornAt, version, onWrite, still, close, batch: async () => [] }
}
