import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import type { SourceReading } from '../../views/source-reading.tsx'
import { lastSkewOf } from '../record/clock-skews.ts'
import { replayDeliveries } from '../record/deliveries.ts'
import { groupings, inputClasses } from '../record/schema.ts'
import { listWords, ourNames, peopleByName, rereadDeliveries } from '../record/source-words.ts'
import { type RegisteredSource, setAdapter, setGrouping } from '../record/sources.ts'
import { ingestWaiting } from '../sources/deliveries.ts'
import { generic } from '../sources/generic.ts'
import { adapters } from '../sources/registry.ts'
import { severityFrom } from '../sources/severities.ts'
import { answer, words } from './answer.ts'
import type { Env } from './house.ts'
import { isOneOf, notOneOf } from './wanting.ts'

const readable = [...adapters.map(({ adapter, title }) => ({ name: adapter, title })), asChoice(generic)]

export async function readingOf(
  c: Context<Env>,
  { name, adapter, class: inputClass, grouping }: RegisteredSource,
): Promise<SourceReading> {
  const { db } = c.var
  const [said, names, people, aheadMs] = await Promise.all([
    listWords(db, name),
    ourNames(db),
    peopleByName(db),
    lastSkewOf(db, name),
  ])
  const ours = { service: new Set(names.service), site: new Set(names.site) }
  const unmatched = said.filter(({ field, theirs, ours: decided }) => {
    if (decided !== null) return false
    if (field === 'severity') return severityFrom(theirs) === undefined
    return field === 'owner' ? !people.has(theirs.trim().toLowerCase()) : !ours[field].has(theirs)
  })
  return { adapter, adapters: readable, class: inputClass, unmatched: unmatched.length, grouping, aheadMs }
}

/** Which tool it is, and which input it counts for; whatever is still kept of it is read again so. */
export async function nameAdapter(c: Context<Env>, { name, adapter: was }: RegisteredSource): Promise<Response> {
  const { db, now } = c.var
  const { adapter = was, class: inputClass } = await words(c)
  const names = readable.map((one) => one.name)
  if (!isOneOf(names, adapter)) return notOneOf(c, 'adapter', names)
  if (!isOneOf(inputClasses, inputClass)) return notOneOf(c, 'class', inputClasses)

  await setAdapter(db, name, { adapter, class: inputClass })
  await replayDeliveries(db, { source: name })
  if (adapter !== was) await rereadDeliveries(db, name)
  await ingestWaiting(db, now)
  return answer(c, paths.source(name))
}

/** By which rule its alerts become one incident from now on; what is one already stays so until a person splits it. */
export async function group(c: Context<Env>, { name }: RegisteredSource): Promise<Response> {
  const { grouping } = await words(c)
  if (!isOneOf(groupings, grouping)) return notOneOf(c, 'grouping', groupings)

  await setGrouping(c.var.db, name, grouping)
  return answer(c, paths.source(name))
}

function asChoice({ adapter, title }: { adapter: string; title: string }) {
  return { name: adapter, title }
}
