import { backupOf } from '../record/backup.ts'
import type { Command } from './command.ts'

export const drill: Command = {
  name: 'drill',
  help: `npm run drill
  Rebuilds the record from its backup alone, in a file of its own, and looks at every row and every version of it. A server
  does so each day; what came of it stands at /backup, on /readyz, and on the agenda and in the digest.
  Exit 0 when the backup is good, 1 when not. Example: npm run drill`,
  async run(words, { db, settings, now, say, complain }) {
    if (words.length > 0) {
      complain(`drill knows no ${JSON.stringify(words[0])}.\n${drill.help}`)
      return 2
    }
    const { fault, snapshot, versions, rows, tookMs } = await (await backupOf(db, settings)).drill(now)
    if (fault !== null) {
      complain(`The backup does not hold: ${fault}.`)
      return 1
    }
    const from = snapshot ? `from ${snapshot} and the change log` : 'from the change log'
    say(
      `The backup holds: ${rows} rows, up to version ${versions}, rebuilt ${from} in ${(tookMs / 1000).toFixed(1)} s.`,
    )
    return 0
  },
}
