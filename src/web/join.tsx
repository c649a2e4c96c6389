import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { JoinPage, KnockPage } from '../../views/join.tsx'
import { paths, withWords } from '../../views/paths.ts'
import { stopOf, stopsOf } from '../agenda/score.ts'
import { meetingDayOf } from '../calendar.ts'
import { handOversTo } from '../record/hand-overs.ts'
import { meetingIdOf, noteInMeeting } from '../record/meeting-events.ts'
import { gatherSitting } from '../record/sitting.ts'
import { answer, show, words } from './answer.ts'
import { around } from './around.ts'
import { isGuest, rememberGuest } from './guests.ts'
import { type Env, factory } from './house.ts'
import { morningOf } from './mornings.tsx'
import { nobody } from './wanting.ts'

/** The meeting on a phone. Whoever is signed in comes in by name; whoever holds the code on the wall, without one. */
export const join = factory
  .createApp()
  .get('/', async (c) => {
    const code = c.req.query('code') ?? ''
    if (c.var.asker.kind === 'anonymous' && !(await isGuest(c, code || undefined))) return knock(c)

    c.set('personal', true)
    if (code) rememberGuest(c, code)
    return page(c, code)
  })
  .post('/', async (c) => {
    const { person, code } = await words(c)
    const { people } = await around(c)
    const known = people.find(({ id }) => id === person)
    if (!known || c.var.asker.kind !== 'open') return nobody(c, person ?? '')

    // Before anybody ever signed in, a name is a word: as whoever sits at this machine says theirs.
    setCookie(c, 'me', known.id, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 24 * 60 * 60 })
    const day = meetingDayOf(c.var.now, c.var.settings.rhythm)
    const came = { kind: 'came' as const, value: known.id, by: known.id, at: c.var.now }
    await noteInMeeting(c.var.db, await meetingIdOf(c.var.db, day), came)
    return answer(c, withWords(paths.join, { code }))
  })

async function page(c: Context<Env>, code: string): Promise<Response> {
  const day = meetingDayOf(c.var.now, c.var.settings.rhythm)
  const morning = await morningOf(c, day)
  if (!morning) return c.notFound()

  const { facts, agenda } = morning
  const { state, decisions, meeting } = await gatherSitting(c.var.db, facts)
  const stops = stopsOf(agenda, { raised: state.raised.length, decided: decisions.length })
  const sits = meeting !== null && meeting.closedAt === null
  const surroundings = await around(c)
  const me = surroundings.me?.id
  return show(
    c,
    <JoinPage
      around={surroundings}
      day={day}
      code={code}
      isIn={state.attendance.some(({ personId, writes }) => personId === me && writes === null)}
      mayChoose={c.var.asker.kind === 'open'}
      stop={sits ? (stopOf(stops, agenda, state.screen) ?? null) : null}
      mine={me ? await handOversTo(c.var.db, me) : []}
      raised={state.raised}
      decisions={decisions}
    />,
  )
}

async function knock(c: Context<Env>): Promise<Response> {
  c.set('personal', true)
  return show(c, <KnockPage around={await around(c)} code={c.req.query('code') ?? ''} />)
}
