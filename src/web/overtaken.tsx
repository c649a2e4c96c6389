import type { Context } from 'hono'
import { OvertakenPage } from '../../views/overtaken.tsx'
import { nameOf } from '../../views/parts/owner.tsx'
import { allPeople } from '../record/people.ts'
import { isOwnPath, show, words } from './answer.ts'
import { around } from './around.ts'
import { forMachines, problem } from './faults.tsx'
import type { Env } from './house.ts'

/** What a form would change: as it stands now, and as it is wanted, in the record's own words; `told` says them to a reader. */
export interface Matter {
  field: string // the form says in seen.FIELD how it stood when it was made
  what: string // 'the owner of “Search answers slowly”'
  stands: string | null
  wanted: string | null
  told?: (value: string) => string
}

/**
 * 409 with both versions where somebody decided otherwise since the form was made; its form once more, knowing what stands now.
 * What is wanted and stands already is no quarrel, and a form that does not say what it saw asks for none. undefined = go ahead.
 */
export async function overtaken(c: Context<Env>, matters: Matter[]): Promise<Response | undefined> {
  const seen = await seenBy(c)
  const quarrels = matters.filter((matter) => isOvertaken(matter, seen[matter.field]))
  if (quarrels.length === 0) return undefined

  const versions = quarrels.map(({ what, stands, wanted, told = asItIs }) => ({
    what,
    stands: told(stands ?? '') || 'nothing',
    wanted: told(wanted ?? '') || 'nothing',
  }))
  if (forMachines(c)) {
    const mend = 'Send it again with what stands as `seen`, or leave it so'
    return problem(c, 409, { title: 'Somebody else was quicker', mend, about: { versions } })
  }
  const said = await words(c)
  const fresh = matters.filter(({ field }) => seen[field] !== undefined)
  const again = { ...said, ...Object.fromEntries(fresh.map(({ field, stands }) => [`seen.${field}`, stands ?? ''])) }
  const back = said.back !== undefined && isOwnPath(said.back) ? said.back : c.req.path.split('/').slice(0, 3).join('/')
  c.status(409)
  return show(
    c,
    <OvertakenPage
      around={{ ...(await around(c)), here: back }}
      overtaken={{ versions, action: c.req.path, again: Object.entries(again) as [string, string][], back }}
    />,
  )
}

/** How what a form changes stood when it was made. An empty word is one too: it was nothing then. */
export async function seenBy(c: Context<Env>): Promise<Partial<Record<string, string>>> {
  const fields = Object.entries(await c.req.parseBody())
  return Object.fromEntries(
    fields.flatMap(([name, said]) =>
      name.startsWith('seen.') && typeof said === 'string' ? [[name.slice('seen.'.length), oneLined(said)]] : [],
    ),
  )
}

/** Whose a thing is, by name to a reader; a name that was typed means the person who bears it. */
export async function ownerMatter(
  c: Context<Env>,
  { field = 'owner', what, stands, wanted }: Pick<Matter, 'what' | 'stands'> & { field?: string; wanted: string },
): Promise<Matter> {
  const people = await allPeople(c.var.db)
  const called = wanted.toLowerCase()
  const known = people.find(({ id, name }) => id === called || name.toLowerCase() === called)
  const told = (id: string) => nameOf(people, id || null) ?? 'nobody'
  return { field, what, stands, wanted: known?.id ?? wanted, told }
}

function isOvertaken({ stands, wanted }: Matter, seen: string | undefined): boolean {
  return seen !== undefined && seen !== oneLined(stands ?? '') && oneLined(wanted ?? '') !== oneLined(stands ?? '')
}

// A browser sends the end of a line as two signs, and what was typed was trimmed.
function oneLined(text: string): string {
  return text.replaceAll('\r\n', '\n').trim()
}

function asItIs(value: string): string {
  return value
}
