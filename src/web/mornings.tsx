import { randomInt } from 'node:crypto'
import type { Context } from 'hono'
import { AgendaPage } from '../../views/agenda.tsx'
import { FirstRunPage, type Heard } from '../../views/first-run.tsx'
import { MeetingsPage } from '../../views/meeting.tsx'
import { paths } from '../../views/paths.ts'
import { ProjectorPage } from '../../views/projector.tsx'
import { RoomPage } from '../../views/room.tsx'
import { ThingPage } from '../../views/thing.tsx'
import { UnownedPage } from '../../views/unowned.tsx'
import { buildAgenda } from '../agenda/agenda.ts'
import type { Agenda } from '../agenda/shapes.ts'
import type { Offender } from '../agenda/snapshot.ts'
import {
  dateWords,
  dueDayAfter,
  dueDayBefore,
  dueOn,
  isDay,
  isDue,
  meetingDayOf,
  type Window,
  windowEnding,
} from '../calendar.ts'
import { adjourn } from '../meeting/adjourn.ts'
import { openMorning, start } from '../meeting/open.ts'
import { aYearBefore } from '../record/aside.ts'
import { gatherFacts } from '../record/facts.ts'
import { findMeeting, lastCutOffBefore, meetingsBefore } from '../record/meetings.ts'
import type { Facts, Meeting } from '../record/shapes.ts'
import { tellYearAgo } from '../reports/told.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { forMachines, problem, refuse } from './faults.tsx'
import { drawCode } from './guests.ts'
import { type Env, factory } from './house.ts'
import { roomOf } from './room-reading.ts'

export interface Morning {
  facts: Facts
  agenda: Agenda
}

/** The morning of an instant: what the page, the projector and the API show alike. */
export async function morningAt(c: Context<Env>, { at, cutOff }: Instants): Promise<Morning> {
  const facts = await gatherFacts(c.var.db, { at, cutOff, rhythm: c.var.settings.rhythm })
  return { facts, agenda: buildAgenda(facts) }
}

/** The window of that morning: what the page of the sources counts in is what the agenda counts in. */
export async function windowAt(c: Context<Env>, at: Date): Promise<Window> {
  return windowEnding(at, { lastCutOff: await lastCutOffBefore(c.var.db, at), rhythm: c.var.settings.rhythm })
}

/** This morning, in whatever state the meeting is. */
export const thisMorning = factory.createHandlers(async (c) => {
  const { asOf, now, settings } = c.var
  const day = meetingDayOf(now, settings.rhythm)
  const morning = await morningAt(c, asOf < now ? { at: asOf } : instantsOf(c, day, await findMeeting(c.var.db, day)))
  if (isUnheard(morning) || c.req.query('first') !== undefined) return firstRun(c, morning)

  return agendaPage(c, morning)
})

async function agendaPage(c: Context<Env>, morning: Morning): Promise<Response> {
  const { meetingDay, zone } = morning.agenda
  const [surroundings, yearAgo] = await Promise.all([around(c), aYearBefore(c.var.db, meetingDay, zone)])
  return show(c, <AgendaPage around={surroundings} {...morning} yearAgo={yearAgo && tellYearAgo(yearAgo)} />)
}

export const meetings = factory
  .createApp()
  .get('/', async (c) => {
    const held = await meetingsBefore(c.var.db, c.var.asOf, 100)
    return show(c, <MeetingsPage around={await around(c)} meetings={held} next={null} />)
  })
  .get('/:day', async (c) => {
    const morning = await morningOf(c, c.req.param('day'))
    return morning ? agendaPage(c, morning) : noMeeting(c, c.req.param('day'))
  })
  .get('/:day/projector', async (c) => {
    const morning = await morningOf(c, c.req.param('day'))
    if (!morning) return noMeeting(c, c.req.param('day'))
    if (c.req.query('screen') === undefined && sits(morning)) return follow(c, morning)

    return show(c, <ProjectorPage around={await around(c)} {...morning} screen={c.req.query('screen') ?? ''} />)
  })
  .post('/:day/opening', async (c) => {
    const day = c.req.param('day')
    const opening = await openMorning(c.var.db, day, { ...voice(c), rhythm: c.var.settings.rhythm })
    if (opening.outcome === 'open') {
      await start(c.var.db, opening.meeting, {
        ...voice(c),
        joinCode: drawCode(),
        chance: randomInt(1_000_000) / 1_000_000,
      })
      return answer(c, paths.run(day))
    }

    const title = `The meeting of ${day} cannot be opened today`
    return refuse(c, 409, { title, mend: `Open the one of ${opening.day}` })
  })
  .post('/:day/adjournment', async (c) => {
    const day = c.req.param('day')
    const { why } = await words(c)
    const adjournment = await adjourn(c.var.db, day, { ...voice(c), why, rhythm: c.var.settings.rhythm })
    switch (adjournment.outcome) {
      case 'adjourned':
      case 'already adjourned':
        return answer(c, paths.minutes(day))
      case 'not open':
        return refuse(c, 409, { title: `The meeting of ${day} was not opened`, mend: 'Open it first' })
      case 'not settled':
        return stayOpen(c, day, adjournment.offenders)
    }
  })

function sits({ facts: { meeting } }: Morning): boolean {
  return meeting !== null && meeting.openedAt !== null && meeting.closedAt === null
}

/** While the room sits, its wall shows what whoever leads has in hand. */
async function follow(c: Context<Env>, morning: Morning): Promise<Response> {
  const room = await roomOf(c, morning)
  return room ? show(c, <RoomPage around={await around(c)} room={room} leads={false} />) : c.notFound()
}

async function stayOpen(c: Context<Env>, day: string, offenders: Offender[]): Promise<Response> {
  if (forMachines(c)) {
    const mend = 'Settle each, or send `why`'
    const unowned = offenders.filter(({ kind }) => kind === 'incident' || kind === 'problem')
    return problem(c, 409, { title: `${offenders.length} not settled`, mend, about: { offenders, unowned } })
  }
  c.status(409)
  return show(c, <UnownedPage around={await around(c)} day={day} unowned={offenders} />)
}

/** undefined = there is no meeting that day. */
export async function morningOf(c: Context<Env>, day: string): Promise<Morning | undefined> {
  const { db, now, asOf, settings } = c.var
  if (!isDay(day) || day > meetingDayOf(now, settings.rhythm)) return undefined

  const meeting = await findMeeting(db, day)
  if (!meeting && !isDue(day, settings.rhythm)) return undefined
  return morningAt(c, asOf < now ? { at: asOf } : instantsOf(c, day, meeting))
}

interface Instants {
  at: Date
  cutOff?: Date | undefined
}

/** A held morning tells what happened up to its cut-off as the room left it; one that was not, as of when it was due. */
function instantsOf(c: Context<Env>, day: string, meeting: Meeting | undefined): Instants {
  const { now, settings } = c.var
  const isToday = day === meetingDayOf(now, settings.rhythm)
  if (meeting?.cutOff) return { at: meeting.closedAt ?? (isToday ? now : meeting.cutOff), cutOff: meeting.cutOff }
  return { at: isToday ? now : dueOn(day, settings.rhythm) }
}

function isUnheard({ facts }: Morning): boolean {
  return facts.sources.length === 0 && facts.inputs.every(({ lastHeardAt }) => lastHeardAt === null)
}

/** The page that is waiting for a first word asks for itself by `?first`, so that it can still tell once one has come. */
async function firstRun(c: Context<Env>, { facts }: Morning): Promise<Response> {
  const endpoint = new URL(`${paths.source('alertmanager')}`, c.var.settings.publicUrl).href
  return show(c, <FirstRunPage around={await around(c)} endpoint={endpoint} heard={heardIn(facts)} />)
}

function heardIn({ sources, incidents, inputs }: Facts): Heard {
  const instants = [...sources, ...inputs].flatMap(({ lastHeardAt }) => lastHeardAt ?? [])
  const at = instants.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null
  const [newest] = incidents.toSorted((a, b) => b.recordedAt.getTime() - a.recordedAt.getTime())
  return {
    at,
    source: sources.find(({ lastHeardAt }) => lastHeardAt?.getTime() === at?.getTime())?.name ?? null,
    incident: newest ? { id: newest.id, title: newest.title } : null,
  }
}

/** Says so, and leads to the mornings before and after. */
async function noMeeting(c: Context<Env>, day: string): Promise<Response> {
  if (!isDay(day)) return c.notFound()

  const { rhythm } = c.var.settings
  const lines = [
    { label: 'The one before', day: dueDayBefore(day, rhythm) },
    { label: 'The one after', day: dueDayAfter(day, rhythm) },
  ].map(({ label, day }) => ({ label, value: dateWords(day), href: paths.meeting(day) }))
  const title = `No meeting on ${dateWords(day)}`
  c.status(404)
  return show(c, <ThingPage around={await around(c)} kind="Meeting" title={title} lines={lines} />)
}
