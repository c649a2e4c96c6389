import { paths } from '../../views/paths.ts'
import type { Db } from '../record/db.ts'
import { linkKeyOf, markOf } from './links.ts'

/** Whose calendar; `drawn` counts how often its address was drawn anew, so that an old one opens nothing. */
export interface FeedOf {
  person: string
  drawn: number
}

/** The address of a person's calendar: calendar programs cannot sign in, so it is the secret itself. */
export async function feedPath(db: Db, key: Uint8Array | null, feed: FeedOf): Promise<string> {
  return paths.feed(markOf(await linkKeyOf(db, key), 'feed', feedSubject(feed)))
}

/** A team's, for everybody in it. */
export async function teamFeedPath(db: Db, key: Uint8Array | null, team: string): Promise<string> {
  return paths.feed(markOf(await linkKeyOf(db, key), 'team feed', team))
}

export function feedSubject({ person, drawn }: FeedOf): string {
  return `${person}\n${drawn}`
}
