import type { Rhythm } from '../calendar.ts'
import { actions } from './sample/actions.ts'
import { background } from './sample/background.ts'
import { changes } from './sample/changes.ts'
import { complaints } from './sample/complaints.ts'
import { episodes } from './sample/episodes.ts'
import { type Episode, scheduledPostmortems, toldOf } from './sample/incidents.ts'
import { problems } from './sample/problems.ts'
import { ahead, alone, cast, forecast, serviceLevels, signsOfLife } from './sample/standing.ts'
import { storm } from './sample/storm.ts'
import { byTool, type Story, storyDays, storyEnding, type Told } from './sample/story.ts'

/** ordinary = the story; quiet = nothing since the last meeting; huge = the story and 1,800 alarms; empty = nothing at all. */
export const morningKinds = ['ordinary', 'quiet', 'huge', 'empty'] as const
export type MorningKind = (typeof morningKinds)[number]

/**
 * Two weeks of a shop that ends at `now`: what its tools and its people said, in the order it became known. The same
 * instant tells the same story. On Sunday and Monday the failover is Saturday night's, on other days last night's.
 */
export function sampleFortnight(now: Date, rhythm: Rhythm, kind: MorningKind = 'ordinary'): Told[] {
  const story = storyEnding(now, rhythm)
  const told = toldIn(story, kind).toSorted((a, b) => a.telling.recordedAt.getTime() - b.telling.recordedAt.getTime())
  return inOneBreath(told)
}

/** What one source said at one instant is one telling. */
function inOneBreath(told: readonly Told[]): Told[] {
  const breaths = new Map<string, Told>()
  for (const { telling, facts } of told) {
    const key = JSON.stringify(telling)
    breaths.set(key, { telling, facts: [...(breaths.get(key)?.facts ?? []), ...facts] })
  }
  return [...breaths.values()]
}

/** The meetings the shop held in those two weeks, oldest first; this morning's is still to come. */
export function sampleMornings(now: Date, rhythm: Rhythm): Date[] {
  return storyEnding(now, rhythm).mornings
}

/** A day before anything of the story was told. */
export function sampleBirth(now: Date, rhythm: Rhythm): Date {
  return storyEnding(now, rhythm).clock(storyDays + 1, '06:00')
}

function toldIn(story: Story, kind: MorningKind): Told[] {
  switch (kind) {
    case 'ordinary':
      return theStory(story)
    case 'quiet':
      return aQuietMorning(story)
    case 'huge':
      return [...theStory(story), ...storm(story, 1800)]
    case 'empty':
      return []
  }
}

function theStory(story: Story): Told[] {
  const struck = episodes(story)
  return [
    ...cast(story),
    ...alone(story),
    ...ahead(story),
    ...signsOfLife(story),
    ...serviceLevels(story, struck.filter(isOutage)),
    ...[...background(story), ...struck].flatMap((episode) => toldOf(story, episode)),
    ...scheduledPostmortems(story),
    ...problems(story),
    ...actions(story),
    ...changes(story),
    ...complaints(story),
  ]
}

/** Everybody has spoken, nothing has happened since the last meeting, and what happened before it was settled there. */
function aQuietMorning(story: Story): Told[] {
  const last = story.mornings.at(-1) ?? story.now
  const settled = background(story)
    .filter(({ to }) => to !== null && to < last)
    .filter(({ source }) => source !== 'nagios')
    .flatMap((episode) => toldOf(story, episode))
  const repeated = settled.filter(({ telling }) => telling.source === 'alertmanager').slice(-1)
  return [
    ...cast(story),
    ...signsOfLife(story),
    ...forecast(story),
    ...serviceLevels(story, []),
    ...settled,
    ...repeated.map(({ facts }) => byTool(story, 'alertmanager', 'automated', story.lately(6), facts)),
    ...complaints(story).filter(({ telling }) => telling.recordedAt < last),
  ]
}

function isOutage({ id, problemId }: Episode): boolean {
  return problemId === 'PRB-41' || id === 'INC-3187' || id === 'INC-3176'
}
