import { type Job, oneAtATime } from '../clock.ts'
import type { LetterBox } from '../mail.ts'
import type { Outgoing } from '../outgoing.ts'
import type { Db } from '../record/db.ts'
import { chatWay } from './chat.ts'
import { queueDigests } from './digests.ts'
import { queueInvitations } from './invitations.ts'
import { type Desk, openDesk } from './letters.ts'
import { messageDesk } from './messages.ts'
import { queueNotices } from './notices.ts'
import { pushWay } from './push.ts'
import { mailWay, sendWaiting, type Way } from './sending.ts'

export interface Office extends Desk {
  box: LetterBox | null
  outgoing: Outgoing
  now: () => Date
  startedAt: Date
  onFault(job: string, fault: unknown): void
}

/** What the clock strikes for: what is due is written down, and what waits is sent at once, each way by itself. */
export function postJobs(db: Db, office: Office): Job[] {
  const { now, startedAt, rhythm, onFault } = office
  const { outgoing, key, publicUrl } = office
  const contact = /<?([^<>\s]+@[^<>\s]+)>?$/.exec(office.mailFrom ?? '')?.[1]
  const ways: Way[] = [
    mailWay(office.box, openDesk(db, office)),
    chatWay(db, { outgoing, key, write: messageDesk(db, publicUrl) }),
    pushWay(db, { outgoing, key, contact: contact ? `mailto:${contact}` : publicUrl.origin }),
  ]
  const rounds = ways.map((way) => oneAtATime({ name: way.channel, run: () => sendWaiting(db, way, now) }, onFault))
  const sendAll = (at: Date | null) => Promise.all(rounds.map((round) => round(at)))
  return [
    {
      name: 'digests',
      async run(at) {
        await queueDigests(db, { rhythm, startedAt }, at)
        if (office.box) await queueInvitations(db, at)
        await queueNotices(db, { zone: rhythm.zone, publicUrl }, at)
        void sendAll(null).then(() => sendAll(at)) // a round under way may have looked before this was written
      },
    },
    { name: 'letters', run: sendAll },
  ]
}
