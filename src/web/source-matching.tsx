import type { Context } from 'hono'
import { MatchingPage, type Word } from '../../views/matching.tsx'
import { paths } from '../../views/paths.ts'
import { matchedFields, severities } from '../record/schema.ts'
import {
  type Decision,
  decideWords,
  listWords,
  ourNames,
  peopleByName,
  type SourceWord,
} from '../record/source-words.ts'
import type { RegisteredSource } from '../record/sources.ts'
import { ingestWaiting } from '../sources/deliveries.ts'
import { severityFrom } from '../sources/severities.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import type { Env } from './house.ts'
import { isOneOf, notOneOf } from './wanting.ts'

export async function matchingPage(c: Context<Env>, { name }: RegisteredSource): Promise<Response> {
  const { db } = c.var
  const [surroundings, said, names, people] = await Promise.all([
    around(c),
    listWords(db, name),
    ourNames(db),
    peopleByName(db),
  ])
  const ours = { ...names, severity: [...severities] }
  const known = (word: SourceWord) => knownAs(word, ours, people)
  const listed = said.map((word) => ({ ...word, known: known(word) })).toSorted(unmatchedFirst)
  return show(c, <MatchingPage around={surroundings} source={name} words={listed} ours={ours} />)
}

/** What differs from what was decided before; the rest of the form changes nothing. */
export async function keepMatches(c: Context<Env>, { name }: RegisteredSource): Promise<Response> {
  const { db, now } = c.var
  const fields = await words(c)
  const said = new Map((await listWords(db, name)).map((word) => [`${word.field} ${word.theirs}`, word]))
  const decisions: Decision[] = Object.entries(fields).flatMap(([key, theirs = '']) => {
    const place = /^theirs\.(\d{1,4})$/.exec(key)?.[1]
    const field = fields[`field.${place}`]
    if (place === undefined || !isOneOf(matchedFields, field)) return []
    const ours = fields[`ours.${place}`] ?? null
    const before = said.get(`${field} ${theirs}`)
    return before && before.ours !== ours ? [{ field, theirs, ours }] : []
  })
  const strange = decisions.find(
    ({ field, ours }) => field === 'severity' && ours !== null && !isOneOf(severities, ours),
  )
  if (strange) return notOneOf(c, `“${strange.theirs}”`, severities)

  await decideWords(db, name, { decisions, ...voice(c) })
  await ingestWaiting(db, now)
  return answer(c, paths.matching(name))
}

function knownAs(
  { field, theirs }: SourceWord,
  ours: Record<string, string[]>,
  people: Map<string, string>,
): string | null {
  if (field === 'owner') return people.get(theirs.trim().toLowerCase()) ?? null
  if (field === 'severity') return severityFrom(theirs) ?? null
  return ours[field]?.includes(theirs) ? theirs : null
}

function unmatchedFirst(a: Word, b: Word): number {
  return rank(a) - rank(b) || (a.theirs < b.theirs ? -1 : 1)
}

function rank({ ours, known }: Word): number {
  return ours === null && known === null ? 0 : 1
}
