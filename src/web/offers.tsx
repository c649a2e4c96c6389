import type { Context } from 'hono'
import { OfferPage } from '../../views/offer.tsx'
import { tapWords } from '../../views/parts/taps.tsx'
import { paths } from '../../views/paths.ts'
import { type Tap, tap } from '../meeting/tap.ts'
import { linkKeyOf, markedBy, offerIn } from '../post/links.ts'
import { findAction } from '../record/actions.ts'
import type { Db } from '../record/db.ts'
import { findHandOver } from '../record/hand-overs.ts'
import { findPerson } from '../record/people.ts'
import { everyPreference, stopDigest } from '../record/preferences.ts'
import { saying } from '../record/saying.ts'
import type { Person } from '../record/shapes.ts'
import { show } from './answer.ts'
import { aroundNobody } from './around.ts'
import { refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { tapIn } from './tap-in.ts'

/**
 * What a letter offers to whoever holds it, signed in or not: to stop the letters, and one deed each. A scanner that only
 * looks changes nothing; a mail program's one click (RFC 8058) stops at once.
 */
export const offers = factory
  .createApp()
  .get('/u/:token', (c) => stopPage(c))
  .post('/u/:token', stop)
  .get('/d/:token', (c) => deedPage(c))
  .post('/d/:token', take)

async function stop(c: Context<Env>): Promise<Response> {
  const person = await whoseLetter(c)
  if (!person) return unknownLink(c)
  await saying({ by: person.personId, why: 'stopped by the link of a letter' }, () =>
    stopDigest(c.var.db, person.personId, c.var.now),
  )
  return stopPage(c, 'stopped')
}

async function stopPage(c: Context<Env>, now: 'asked' | 'stopped' = 'asked'): Promise<Response> {
  const person = await whoseLetter(c)
  if (!person) return unknownLink(c)
  const isOn = person.digestFrom !== null && now === 'asked'
  return show(
    c,
    <OfferPage
      around={aroundNobody(c)}
      kicker="The digest"
      title={isOn ? 'Stop the digest?' : 'The digest is stopped'}
      words={
        isOn
          ? `${person.name} gets it by mail. One tap, and no more is sent.`
          : `${person.name} gets no more of it. To begin again, say so on your own page.`
      }
      action={isOn ? paths.stop(c.req.param('token') ?? '') : null}
      button="Stop it"
    />,
  )
}

async function whoseLetter(c: Context<Env>) {
  const { db, settings } = c.var
  const key = await linkKeyOf(db, settings.key)
  return markedBy(key, 'stop', c.req.param('token') ?? '', await everyPreference(db), ({ personId }) => personId)
}

async function take(c: Context<Env>): Promise<Response> {
  const offered = await offeredIn(c)
  if (!offered) return unknownLink(c)
  const { now, db, settings } = c.var
  const { outcome } = await tap(db, offered.tap, { at: now, by: offered.person.id, rhythm: settings.rhythm })
  return deedPage(c, outcome === 'done' || outcome === 'done already' ? 'done' : outcome)
}

async function deedPage(c: Context<Env>, after?: 'done' | 'not theirs' | 'gone'): Promise<Response> {
  const offered = await offeredIn(c)
  if (!offered) return unknownLink(c)
  const { tap, person, title, standing } = offered
  const stands = after ?? standing
  const { asks, done } = deedWords[tap.deed]
  return show(
    c,
    <OfferPage
      around={aroundNobody(c)}
      kicker={`For ${person.name}`}
      title={stands === 'open' ? asks : stands === 'done' ? done : 'It is not yours any more'}
      words={title}
      action={stands === 'open' ? paths.offer(c.req.param('token') ?? '') : null}
      button={tapWords[tap.deed]}
    />,
  )
}

const deedWords = {
  accept: { asks: 'Accept it?', done: 'Accepted' },
  return: { asks: 'Give it back?', done: 'Given back' },
  done: { asks: 'Is it done?', done: 'It is done' },
  help: { asks: 'Ask for help?', done: 'The meeting hears that you need help' },
} as const

interface Offered {
  tap: Exclude<Tap, { kind: 'raise' }>
  person: Person
  title: string
  standing: 'open' | 'done' | 'not theirs'
}

/** What the link in a letter is for, and how that stands now. undefined = it opens nothing. */
async function offeredIn(c: Context<Env>): Promise<Offered | undefined> {
  const { db, settings, now } = c.var
  const offer = offerIn(await linkKeyOf(db, settings.key), c.req.param('token') ?? '', now)
  const person = offer && (await findPerson(db, offer.person))
  const tap = offer && tapIn({ kind: offer.kind, id: offer.id, deed: offer.deed })
  if (!person || person.closedAt !== null || !tap || tap.kind === 'raise') return undefined

  const found =
    tap.kind === 'action' ? await actionStanding(db, tap, person.id) : await givenStanding(db, tap, person.id)
  return found && { tap, person, ...found }
}

async function actionStanding(db: Db, { id, deed }: Offered['tap'], personId: string) {
  const action = await findAction(db, id)
  if (!action) return undefined
  const { title, ownerId, endedAt, acknowledgedAt, state } = action
  const isDone = deed === 'done' ? state === 'done' : deed === 'accept' && acknowledgedAt !== null
  const standing = ownerId !== personId ? 'not theirs' : isDone ? 'done' : endedAt === null ? 'open' : 'not theirs'
  return { title, standing } as const
}

async function givenStanding(db: Db, { id, deed }: Offered['tap'], personId: string) {
  const given = await findHandOver(db, id)
  if (!given) return undefined
  const { issue, toId, deputyId, acceptedBy, returnedBy } = given
  const isTheirs = toId === personId || deputyId === personId
  const isDone = (deed === 'accept' ? acceptedBy : returnedBy) === personId
  const isOpen = isTheirs && acceptedBy === null && returnedBy === null
  return { title: issue, standing: isDone ? 'done' : isOpen ? 'open' : 'not theirs' } as const
}

function unknownLink(c: Context<Env>): Response | Promise<Response> {
  return refuse(c, 404, {
    title: 'That link opens nothing',
    mend: 'It was cut off, or its week is over: ask for a new letter',
  })
}
