import { noteParts } from '../../views/exposure-note.ts'
import { spell } from '../../views/figures.ts'
import { paths } from '../../views/paths.ts'
import { aDay } from '../calendar.ts'
import { type ExposureFigure, figureOf, noticesBetween } from '../measures/exposure.ts'
import type { Db } from '../record/db.ts'
import { exposuresSince } from '../record/exposures.ts'
import { handOversGivenSince } from '../record/hand-overs.ts'
import { type HookLine, listHooks } from '../record/hooks.ts'
import { enter, type NewLetter } from '../record/ledger.ts'
import { allPeople } from '../record/people.ts'
import { type Phone, phonesOf } from '../record/phones.ts'
import { everyPreference, type Preference } from '../record/preferences.ts'
import type { Waking as Wakes } from '../record/schema.ts'
import type { Exposure } from '../record/shapes.ts'
import type { Message } from './message.ts'
import { wakeAt } from './quiet.ts'

/** A step in an exposure's life of which somebody is told, once. */
interface Notice {
  step: 'opened' | 'manager' | 'director' | 'subject line' | 'closed'
  at: Date
  figure: ExposureFigure
}
interface Listeners {
  hooks: HookLine[]
  phones: { phone: Phone; preference: Preference }[]
}

/**
 * Queues what happened since it was last looked: exposures that opened, grew to 4, 24 and 72 h without a promise, or closed;
 * and what was handed over. The name of a notice is its cause's, so however often this looks, each is written once.
 */
export async function queueNotices(
  db: Db,
  { zone, publicUrl }: { zone: string; publicUrl: URL },
  now: Date,
): Promise<void> {
  const listeners = await listenersOf(db)
  if (listeners.hooks.length + listeners.phones.length === 0) return

  const since = new Date(now.getTime() - aDay)
  const [exposures, given, people] = await Promise.all([
    exposuresSince(db, since, now),
    handOversGivenSince(db, since),
    allPeople(db),
  ])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const notices = exposures
    .filter(({ certain }) => certain)
    .flatMap((exposure) => noticesOf(exposure, { asOf: now, zone, since }))
  const messageOf = (notice: Notice) =>
    exposureMessage(notice, { zone, publicUrl, now, nameOf: (id) => names.get(id) ?? id })
  await enter(
    db,
    [],
    [
      ...notices.flatMap((notice) => [
        ...hookLetters(notice, listeners.hooks, { now, message: messageOf(notice) }),
        ...wakings(listeners, 'exposure', now).flatMap((wake) =>
          wake(`exposure:${notice.figure.exposure.id}:${notice.step}`, notice.at, {
            title: messageOf(notice).title,
            body: messageOf(notice).parts[1]?.words ?? '',
            path: paths.checkIn,
          }),
        ),
      ]),
      ...given.flatMap(({ id, toId, by, issue, at }) =>
        wakings(listeners, 'hand-over', now, toId).flatMap((wake) =>
          wake(`hand-over:${id}`, at, {
            title: `${names.get(by) ?? by} hands over to you`,
            body: issue,
            path: `${paths.checkIn}#you`,
          }),
        ),
      ),
    ],
  )
}

async function listenersOf(db: Db): Promise<Listeners> {
  const [hooks, preferences] = await Promise.all([listHooks(db), everyPreference(db)])
  const awake = preferences.filter(({ wakings }) => wakings.length > 0)
  const phones = await phonesOf(
    db,
    awake.map(({ personId }) => personId),
  )
  return {
    hooks: hooks.filter(({ tells }) => tells.includes('exposures')),
    phones: phones.flatMap((phone) =>
      awake.filter(({ personId }) => personId === phone.personId).map((preference) => ({ phone, preference })),
    ),
  }
}

/** What of its life lies within the last day: older news is none any more. */
function noticesOf(exposure: Exposure, { asOf, zone, since }: { asOf: Date; zone: string; since: Date }): Notice[] {
  const figure = figureOf(exposure, { asOf, zone })
  const from = new Date(Math.max(exposure.since.getTime(), since.getTime()))
  const to = exposure.until && exposure.until < asOf ? exposure.until : asOf
  const climbed = noticesBetween(exposure, { from, to }).flatMap((step) =>
    step === 'room' ? [] : [{ step, at: asOf, figure }],
  )
  return [
    ...(exposure.since > since ? [{ step: 'opened' as const, at: exposure.since, figure }] : []),
    ...climbed,
    ...(exposure.until ? [{ step: 'closed' as const, at: exposure.until, figure }] : []),
  ]
}

interface Words {
  zone: string
  publicUrl: URL
  now: Date
  nameOf(id: string): string
}

function exposureMessage({ step, figure }: Notice, { zone, publicUrl, now, nameOf }: Words): Message {
  const { exposure, carriedBy, forMs } = figure
  const age = spell(forMs)
  const site = carriedBy.toSorted().join(', ') || 'no site'
  const titles: Record<Notice['step'], string> = {
    opened: `${exposure.service} runs on ${site} alone`,
    manager: `${exposure.service} on ${site} alone for ${age}: the manager must know`,
    director: `${exposure.service} on ${site} alone for ${age}: the director must know`,
    'subject line': `${exposure.service} on ${site} alone for ${age}: named in every subject line`,
    closed: `${exposure.service} is redundant again, after ${age} alone`,
  }
  return {
    type: step === 'opened' || step === 'closed' ? `exposure.${step}` : 'exposure.aged',
    title: titles[step],
    parts: noteParts(figure, { asOf: now, zone, nameOf }),
    url: new URL(paths.exposure(exposure.id), publicUrl).href,
    at: now.toISOString(),
    about: {
      exposure: exposure.id,
      service: exposure.service,
      since: exposure.since,
      until: exposure.until,
      step,
      owner: exposure.ownerId,
      eta: exposure.eta,
    },
  }
}

function hookLetters(
  notice: Notice,
  hooks: readonly HookLine[],
  { now, message }: { now: Date; message: Message },
): NewLetter[] {
  return hooks
    .filter(({ addedAt }) => notice.at >= addedAt)
    .map(({ id }) => ({
      id: `exposure:${notice.figure.exposure.id}:${notice.step}:${id}`,
      channel: 'chat' as const,
      kind: 'exposure',
      to: id,
      content: message,
      dueAt: notice.at,
      madeAt: now,
    }))
}

type Wake = (cause: string, dueAt: Date, content: { title: string; body: string; path: string }) => NewLetter[]

/**
 * One for each phone whose owner wishes to be woken for that; in their quiet hours it waits until those are over. Nobody is
 * woken for what was before their phone was known.
 */
function wakings({ phones }: Listeners, what: Wakes, now: Date, personId?: string): Wake[] {
  return phones
    .filter(
      ({ preference }) =>
        preference.wakings.includes(what) && (personId ?? preference.personId) === preference.personId,
    )
    .map(
      ({ phone, preference }) =>
        (cause, dueAt, content) =>
          dueAt < phone.addedAt ? [] : [pushLetter({ phone, preference, kind: what }, { cause, dueAt, content, now })],
    )
}

interface Woken {
  cause: string
  dueAt: Date
  content: { title: string; body: string; path: string }
  now: Date
}

export function pushLetter(
  { phone, preference, kind }: { phone: Phone; preference: Preference; kind: Wakes },
  { cause, dueAt, content, now }: Woken,
): NewLetter {
  return {
    id: `${cause}:${phone.id}`,
    channel: 'push',
    kind,
    to: phone.id,
    content,
    dueAt,
    madeAt: now,
    nextAt: wakeAt(preference, now),
  }
}
