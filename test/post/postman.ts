import { openLetterBox } from '../../src/mail.ts'
import { queueDigests } from '../../src/post/digests.ts'
import { openDesk } from '../../src/post/letters.ts'
import { mailWay, sendWaiting } from '../../src/post/sending.ts'
import { openRecord } from '../../src/record/db.ts'
import { daysAgo, hoursAgo, rhythm } from '../support/morning.ts'
import { settingsIn } from '../support/settings.ts'

// One life of the program: opens the record, queues what is due and sends what waits, until it is done or killed.
const [folder = '', smtpUrl = ''] = process.argv.slice(2)
const settings = settingsIn(folder, {
  smtpUrl,
  mailFrom: 'Muster <muster@example.org>',
  publicUrl: new URL('https://muster.example.org'),
})
const now = () => hoursAgo(2)
const db = await openRecord(settings, { now: now(), onFatal: () => process.exit(1) })
const box = openLetterBox(settings, 5_000)
await queueDigests(db, { rhythm, startedAt: daysAgo(5) }, now())
process.stdout.write('queued\n')
await sendWaiting(db, mailWay(box, openDesk(db, settings)), now)
box?.close()
await db.close()
process.stdout.write('done\n')
