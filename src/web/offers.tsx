import type { Context } from 'hono'
import { OfferPage } from '../../views/offer.tsx'
import { paths } from '../../views/paths.ts'
import { say } from '../meeting/say.ts'
import { linkKeyOf, markedBy, type Offer, offerIn } from '../post/links.ts'
import { findAction } from '../record/actions.ts'
import { findPerson } from '../record/people.ts'
import { everyPreference, stopDigest } from '../record/preferences.ts'
import { saying } from '../record/saying.ts'
import { show } from './answer.ts'
import { aroundNobody } from './around.ts'
import { refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'

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
  const offer = await offerOf(c)
  const action = offer && (await findAction(c.var.db, offer.id))
  if (!offer || !action) return unknownLink(c)
  const { now, db } = c.var
  const isTheirs = action.ownerId === offer.person && action.endedAt === null
  if (isTheirs && action.acknowledgedAt === null)
    await say(db, [{ kind: 'action-event', actionId: offer.id, at: now, by: offer.person, event: 'acknowledged' }], {
      at: now,
      by: offer.person,
    })
  return deedPage(c)
}

async function deedPage(c: Context<Env>): Promise<Response> {
  const offer = await offerOf(c)
  const action = offer && (await findAction(c.var.db, offer.id))
  const person = offer && (await findPerson(c.var.db, offer.person))
  if (!offer || !action || !person) return unknownLink(c)

  const isTheirs = action.ownerId === offer.person && action.endedAt === null
  const isAccepted = isTheirs && action.acknowledgedAt !== null
  return show(
    c,
    <OfferPage
      around={aroundNobody(c)}
      kicker={`For ${person.name}`}
      title={isAccepted ? 'Accepted' : isTheirs ? 'Accept it?' : 'It is not yours any more'}
      words={action.title}
      action={isTheirs && !isAccepted ? paths.offer(c.req.param('token') ?? '') : null}
      button="Accept"
    />,
  )
}

async function offerOf(c: Context<Env>): Promise<Offer | null> {
  const { db, settings, now } = c.var
  return offerIn(await linkKeyOf(db, settings.key), c.req.param('token') ?? '', now)
}

function unknownLink(c: Context<Env>): Response | Promise<Response> {
  return refuse(c, 404, {
    title: 'That link opens nothing',
    mend: 'It was cut off, or its week is over: ask for a new letter',
  })
}
