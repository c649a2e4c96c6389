import type { Db } from '../record/db.ts'
import { findMapping } from '../record/mappings.ts'
import type { Grouping, InputClass, MatchedField } from '../record/schema.ts'
import { listWords, peopleByName, readingRank } from '../record/source-words.ts'
import { findSource } from '../record/sources.ts'
import { generic, genericSource } from './generic.ts'
import { keptRules } from './mapping/rules.ts'
import type { Matches } from './matching.ts'
import { adapterFor, adapterNamed } from './registry.ts'
import type { Source } from './source.ts'

/** How the deliveries of one source are read at present: by whom, with which names, and how anew. */
export interface Reader {
  source: Source | undefined
  matches: Matches
  rank: number
  grouping: Grouping
}

export async function readerOf(db: Db, name: string, adapter: string): Promise<Reader> {
  const registered = await findSource(db, name)
  const [source, words, people, rank] = await Promise.all([
    adapter === generic.adapter ? mapped(db, name, registered?.class) : (adapterNamed(adapter) ?? adapterFor(name)),
    listWords(db, name),
    peopleByName(db),
    readingRank(db, name),
  ])
  const decided = new Map(words.flatMap(({ field, theirs, ours }) => (ours ? [[keyOf(field, theirs), ours]] : [])))
  return {
    source,
    rank,
    grouping: registered?.grouping ?? 'off',
    matches: {
      ours: (field, theirs) =>
        decided.get(keyOf(field, theirs)) ?? (field === 'owner' ? people.get(theirs.trim().toLowerCase()) : undefined),
    },
  }
}

async function mapped(db: Db, name: string, counts: InputClass = generic.class): Promise<Source> {
  return { ...genericSource(keptRules((await findMapping(db, name))?.rules)), class: counts }
}

function keyOf(field: MatchedField, theirs: string): string {
  return `${field} ${theirs}`
}
