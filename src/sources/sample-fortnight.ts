import type { Rhythm } from '../calendar.ts'
import { actions } from './sample/actions.ts'
import { background } from './sample/background.ts'
import { changes } from './sample/changes.ts'
import { complaints } from './sample/complaints.ts'
import { episodes } from './sample/episodes.ts'
import { scheduledPostmortems, toldOf } from './sample/incidents.ts'
import { problems } from './sample/problems.ts'
import { ahead, alone, cast, serviceLevels } from './sample/standing.ts'
import { type Story, storyEnding, type Told } from './sample/story.ts'

/**
 * Two weeks of a shop that ends at `now`: what its tools and its people said, in the order it became known. The same
 * instant tells the same story. On Sunday and Monday the failover is Saturday night's, on other days last night's.
 */
export function sampleFortnight(now: Date, rhythm: Rhythm): Told[] {
  const story = storyEnding(now, rhythm)
  const struck = episodes(story)
  const all = [
    ...cast(story),
    ...alone(story),
    ...ahead(story),
    ...serviceLevels(story, struck.filter(isOutage)),
    ...[...background(story), ...struck].flatMap((episode) => toldOf(story, episode)),
    ...scheduledPostmortems(story),
    ...problems(story),
    ...actions(story),
    ...changes(story),
    ...complaints(story),
  ]
  return all.toSorted((a, b) => a.telling.recordedAt.getTime() - b.telling.recordedAt.getTime())
}

/** The meetings the shop held in those two weeks, oldest first; this morning's is still to come. */
export function sampleMornings(now: Date, rhythm: Rhythm): Story['mornings'] {
  return storyEnding(now, rhythm).mornings
}

function isOutage({ id, problemId }: { id: string; problemId?: string }): boolean {
  return problemId === 'PRB-41' || id === 'INC-3187' || id === 'INC-3176'
}
