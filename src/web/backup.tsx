import { BackupPage } from '../../views/backup.tsx'
import { backupStanding } from '../record/backup.ts'
import { headOf } from '../record/chain.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import { factory } from './house.ts'

/** How the backup stands, and when it was last tried. */
export const backup = factory.createHandlers(async (c) => {
  const { db, now } = c.var
  const [standing, head, surroundings] = await Promise.all([backupStanding(db, now), headOf(db), around(c)])
  return show(c, <BackupPage around={surroundings} backup={standing} versions={head.number} />)
})
