import type { Context } from 'hono'
import { dayOf } from '../calendar.ts'
import { watched } from '../measures/watch.ts'
import { feedSubject } from '../post/feeds.ts'
import { feedOf } from '../post/ics.ts'
import { linkKeyOf, markedBy } from '../post/links.ts'
import { gatherAside } from '../record/aside.ts'
import { gatherFacts } from '../record/facts.ts'
import { invitedAhead } from '../record/invitations.ts'
import { allPeople } from '../record/people.ts'
import { everyPreference } from '../record/preferences.ts'
import { allTeams } from '../record/teams.ts'
import { calendarEntries, type Whose } from '../reports/calendar-entries.ts'
import { type Env, factory } from './house.ts'

/** Somebody's or a team's calendar, to whoever holds its address: calendar programs cannot sign in. */
export const calendars = factory.createHandlers(async (c) => {
  const found = await whoseFeed(c, c.req.param('token')?.replace(/\.ics$/, '') ?? '')
  if (!found) return c.notFound()

  const { db, settings, now } = c.var
  const { rhythm, publicUrl } = settings
  const facts = await gatherFacts(db, { at: now, rhythm })
  const aside = await gatherAside(db, facts)
  const today = dayOf(now, facts.zone)
  const dated = {
    facts,
    watched: aside.fixed.map((fix) => watched(fix, aside.fixedDays, today)),
    invited: await invitedAhead(db, now),
    rhythm,
  }
  return c.body(feedOf(`Muster: ${found.name}`, calendarEntries(dated, found.whose), { publicUrl, stamp: now }), 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'private, max-age=900',
  })
})

interface Feed {
  name: string
  subject: string
  whose: Whose
}

async function whoseFeed(c: Context<Env>, token: string): Promise<Feed | undefined> {
  const { db, settings } = c.var
  const [key, people, preferences, teams] = await Promise.all([
    linkKeyOf(db, settings.key),
    allPeople(db),
    everyPreference(db),
    allTeams(db),
  ])
  const drawn = new Map(preferences.map(({ personId, feed }) => [personId, feed]))
  const persons = people
    .filter(({ closedAt }) => closedAt === null)
    .map(
      ({ id, name }): Feed => ({
        name,
        subject: feedSubject({ person: id, drawn: drawn.get(id) ?? 0 }),
        whose: { kind: 'person', id },
      }),
    )
  const ofTeams = teams.map(
    ({ name, members, services }): Feed => ({
      name,
      subject: name,
      whose: { kind: 'team', members, services },
    }),
  )
  return (
    markedBy(key, 'feed', token, persons, ({ subject }) => subject) ??
    markedBy(key, 'team feed', token, ofTeams, ({ subject }) => subject)
  )
}
