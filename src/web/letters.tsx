import { bodyLimit } from 'hono/body-limit'

import { LettersPage } from '../../views/letters.tsx'
import { takeBounces } from '../post/bounces.ts'
import { latestRuns } from '../record/ledger.ts'
import { latestLetters } from '../record/outbox.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import { factory } from './house.ts'

/** What left the house and what did not. */
export const letters = factory.createHandlers(async (c) => {
  const { db, now } = c.var
  const runs = await latestRuns(db, 'digest', { at: now, limit: 200 })
  const skipped = runs.filter(({ outcome }) => outcome === 'skipped').slice(0, 50)
  return show(c, <LettersPage around={await around(c)} letters={await latestLetters(db, 100)} skipped={skipped} />)
})

const longestReport = bodyLimit({ maxSize: 256 * 1024, onError: (c) => c.text('Too big: at most 256 KiB\n', 413) })

/** Mails that came back, as the mail server got them: it hands them on here, with a token for letters:post. */
export const bounces = factory.createHandlers(longestReport, async (c) => {
  const { db, settings, now } = c.var
  const mail = new Uint8Array(await c.req.arrayBuffer())
  return c.json({ marked: await takeBounces(db, settings, { mail, now }) }, 202)
})
