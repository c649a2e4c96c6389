import { backupOf } from '../record/backup.ts'
import { keptByServer } from '../record/snapshots.ts'
import type { Command } from './command.ts'
import { isOnSameDisk } from './keeping.ts'

export const backup: Command = {
  name: 'backup',
  help: `npm run backup
  Ships what was written since to MUSTER_BACKUP (./data/backup), and takes a snapshot of the whole record there. A server
  does both by itself: every ten seconds, and each hour. Keeps 24 hourly and 35 daily snapshots.
  Exit 0 when it is all there, 1 when not. Example: MUSTER_BACKUP=/mnt/other/muster npm run backup`,
  async run(words, { db, settings, now, say, complain }) {
    if (words.length > 0) {
      complain(`backup knows no ${JSON.stringify(words[0])}.\n${backup.help}`)
      return 2
    }
    const kept = await backupOf(db, settings)
    await kept.ship(now())
    say(`change log: up to version ${kept.shipped.head.number}, in ${kept.branch}`)
    if (db.still === null) say(keptByServer)
    else {
      const { file, bytes, tables } = await kept.snapshot(now())
      const rows = Object.values(tables).reduce((sum, count) => sum + count, 0)
      say(`snapshot: ${file}, ${bytes} bytes, ${rows} rows, looked at and sound`)
    }
    if (await isOnSameDisk(settings))
      complain('It lies on the record’s own disk and is lost with it: name a folder on another one as MUSTER_BACKUP.')
    return 0
  },
}
