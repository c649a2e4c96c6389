import { LettersPage } from '../../views/letters.tsx'
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
