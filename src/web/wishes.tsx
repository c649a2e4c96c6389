import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { WishesPage } from '../../views/wishes.tsx'
import { isDay, isZone } from '../calendar.ts'
import { wishOf } from '../post/digests.ts'
import { nextSlot } from '../post/due.ts'
import { feedPath, teamFeedPath } from '../post/feeds.ts'
import { lastDigestTo } from '../record/outbox.ts'
import { findPerson } from '../record/people.ts'
import { keepPreference, type Preference, preferenceOf } from '../record/preferences.ts'
import { variants, wakings } from '../record/schema.ts'
import type { Person } from '../record/shapes.ts'
import { allTeams } from '../record/teams.ts'
import { answer, show, words } from './answer.ts'
import { around } from './around.ts'
import { type Env, factory } from './house.ts'
import { unfit } from './wanting.ts'

/** How one wishes to be told: one's own, or anybody's for who looks after the people. */
export const wishes = factory.createApp().get('/:id/digest', page).post('/:id/digest', keep).post('/:id/feed', drawFeed)

async function page(c: Context<Env>): Promise<Response> {
  const { db, settings, now } = c.var
  const person = await ownOrCared(c)
  if (!person) return c.notFound()

  const preference = await preferenceFor(c, person)
  const wish = wishOf(preference, settings.rhythm)
  const ours = (path: string) => new URL(path, settings.publicUrl).href
  const teams = (await allTeams(db)).filter(({ members }) => members.includes(person.id))
  const last = await lastDigestTo(db, person.id)
  c.set('personal', true)
  return show(
    c,
    <WishesPage
      around={await around(c)}
      person={person}
      wishes={{ ...preference, isOn: preference.digestFrom !== null }}
      next={wish && nextSlot(wish, now)}
      hasMail={settings.smtpUrl !== null}
      lost={last?.sentAt && !last.failedAt ? null : (last?.fault ?? null)}
      feed={ours(await feedPath(db, settings.key, { person: person.id, drawn: preference.feed }))}
      teams={
        await Promise.all(
          teams.map(async ({ name }) => ({ name, feed: ours(await teamFeedPath(db, settings.key, name)) })),
        )
      }
    />,
  )
}

async function keep(c: Context<Env>): Promise<Response> {
  const { now } = c.var
  const person = await ownOrCared(c)
  if (!person) return c.notFound()

  const said = await words(c)
  const fault = faultIn(said)
  if (fault) return unfit(c, fault)

  const before = await preferenceFor(c, person)
  await keepPreference(c.var.db, {
    ...before,
    variant: variants.find((variant) => variant === said.variant) ?? before.variant,
    digestFrom: said.digest ? (before.digestFrom ?? now) : null,
    time: said.time ?? before.time,
    zone: said.zone ?? before.zone,
    weekdays: [1, 2, 3, 4, 5, 6, 7].filter((day) => said[`day.${day}`]),
    daysOff: daysIn(said.daysOff),
    keepsHolidays: said.keepsHolidays !== undefined,
    wakings: wakings.filter((waking) => said[`waking.${waking}`]),
    quietFrom: said.quietFrom ?? before.quietFrom,
    quietUntil: said.quietUntil ?? before.quietUntil,
    changedAt: now,
  })
  return answer(c, paths.wishes(person.id))
}

/** Another address for the calendar: whoever knew the old one reads no more. */
async function drawFeed(c: Context<Env>): Promise<Response> {
  const person = await ownOrCared(c)
  if (!person) return c.notFound()

  const before = await preferenceFor(c, person)
  await keepPreference(c.var.db, { ...before, feed: before.feed + 1 })
  return answer(c, paths.wishes(person.id))
}

async function ownOrCared(c: Context<Env>): Promise<Person | undefined> {
  const { db, asker, by } = c.var
  const id = c.req.param('id') ?? ''
  const isTheirs =
    asker.kind === 'open' || by === id || (asker.kind === 'person' && asker.roles.includes('administrator'))
  const person = isTheirs ? await findPerson(db, id) : undefined
  return person?.closedAt === null ? person : undefined
}

/** What was never said: off, at seven on their own clock, on the days of the meeting. */
async function preferenceFor(c: Context<Env>, { id, zone }: Person): Promise<Preference> {
  const { db, now, settings } = c.var
  const kept = await preferenceOf(db, id)
  return (
    kept ?? {
      personId: id,
      variant: 'manager',
      digestFrom: null,
      time: '07:00',
      zone: zone && isZone(zone) ? zone : settings.rhythm.zone,
      weekdays: [...settings.rhythm.weekdays],
      daysOff: [],
      keepsHolidays: true,
      wakings: ['hand-over', 'exposure'],
      quietFrom: '22:00',
      quietUntil: '07:00',
      feed: 0,
      changedAt: now,
    }
  )
}

type Said = Awaited<ReturnType<typeof words>>
const aTime = /^([01]\d|2[0-3]):[0-5]\d$/

function faultIn(said: Said): { field: string; fault: string; mend: string } | null {
  const time = (['time', 'quietFrom', 'quietUntil'] as const).find(
    (name) => said[name] !== undefined && !aTime.test(said[name] ?? ''),
  )
  if (time) return { field: time, fault: `${said[time]} is no time of day`, mend: 'Write 07:00' }
  if (said.zone !== undefined && !isZone(said.zone))
    return { field: 'zone', fault: `${said.zone} is no time zone`, mend: 'Write Europe/Berlin' }
  const stray = (said.daysOff ?? '').split(/[\s,]+/).find((day) => day !== '' && !isDay(day))
  return stray === undefined ? null : { field: 'daysOff', fault: `${stray} is no day`, mend: 'Write 2026-12-28' }
}

function daysIn(text = ''): string[] {
  return text
    .split(/[\s,]+/)
    .filter(isDay)
    .slice(0, 100)
}
