import { deployments } from './stories/deployments.ts'
import { monitors } from './stories/monitors.ts'
import { paging } from './stories/paging.ts'
import type { Story } from './stories/story.ts'
import { trackers } from './stories/trackers.ts'

/** A story of each tool: to be told in order, in any order, more than once, and broken. */
export const stories: readonly Story[] = [...paging, ...monitors, ...trackers, ...deployments]
