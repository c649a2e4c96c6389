import type { Context } from 'hono'
import { MappingPage, type MappingPageProps, type Trial } from '../../views/mapping.tsx'
import { paths } from '../../views/paths.ts'
import { isZone } from '../calendar.ts'
import type { DeliveryLine } from '../record/deliveries.ts'
import { findDelivery, listDeliveries, rawDelivery, replayDeliveries } from '../record/deliveries.ts'
import { findMapping, saveMapping } from '../record/mappings.ts'
import { inputClasses } from '../record/schema.ts'
import { rereadDeliveries } from '../record/source-words.ts'
import { type RegisteredSource, setAdapter } from '../record/sources.ts'
import { ingestWaiting } from '../sources/deliveries.ts'
import { generic } from '../sources/generic.ts'
import { inWords } from '../sources/kinds/faults.ts'
import { draftRule } from '../sources/mapping/draft.ts'
import { examples } from '../sources/mapping/examples.ts'
import { pathsIn } from '../sources/mapping/paths-in.ts'
import { readByRules } from '../sources/mapping/reading.ts'
import { columnsFor, keptRules, type Mapping, mappedKinds, type Rule, rulesSchema } from '../sources/mapping/rules.ts'
import { jsonIn, UnreadableDelivery } from '../sources/source.ts'
import { show, voice, words } from './answer.ts'
import { around } from './around.ts'
import type { Env } from './house.ts'
import { isOneOf } from './wanting.ts'

type Fields = Partial<Record<string, string>>

/** The mapping that is kept, else one drafted from the newest delivery that nobody could read. */
export async function mappingPage(c: Context<Env>, source: RegisteredSource): Promise<Response> {
  const { delivery, example } = c.req.query()
  const message = await messageOf(c, source, delivery)
  const kept = keptRules((await findMapping(c.var.db, source.name))?.rules)
  const shipped = examples.find(({ name }) => name === (example ?? (kept.rules ? undefined : source.adapter)))
  const rules = shipped?.rules ?? kept.rules ?? (message?.json === undefined ? [] : [draftRule(message.json)])
  const zone = kept.rules ? kept.zone : c.var.settings.rhythm.zone
  return page(c, source, { message, mapping: { zone, rules }, trial: null })
}

/** What the rules of the form make of the delivery; nothing is kept unless asked, and only what makes sense of it is. */
export async function tryMapping(c: Context<Env>, source: RegisteredSource): Promise<Response> {
  const fields = await words(c)
  const message = await messageOf(c, source, fields.delivery)
  const mapping = { zone: fields.zone ?? '', rules: rulesIn(fields) }
  const trial = trialOf(mapping, message, source)
  const isSound = trial.fault === null && trial.made.every(({ faults }) => faults.length === 0)
  if (fields.step === 'keep' && isSound)
    return keep(c, source, { mapping, fields, deliveryId: message?.line.id ?? null })

  const rules = fields.step === 'another' ? [...mapping.rules, blankRule] : mapping.rules
  return page(c, { ...source, ...classIn(fields) }, { message, mapping: { ...mapping, rules }, trial })
}

interface Keeping {
  mapping: Mapping
  fields: Fields
  deliveryId: string | null
}

async function keep(
  c: Context<Env>,
  { name, class: was }: RegisteredSource,
  { mapping, fields, deliveryId }: Keeping,
): Promise<Response> {
  const { db, now } = c.var
  const { by, at } = voice(c)
  await saveMapping(db, { source: name, rules: mapping, deliveryId, savedAt: at, by })
  await setAdapter(db, name, { adapter: generic.adapter, class: classIn(fields).class ?? was })
  await replayDeliveries(db, { source: name })
  await rereadDeliveries(db, name)
  await ingestWaiting(db, now)
  return c.redirect(paths.source(name), 303)
}

interface Message {
  line: DeliveryLine
  text: string
  json: unknown // undefined = it is not JSON; `fault` says why
  fault: string | null
}

async function messageOf(c: Context<Env>, { name }: RegisteredSource, id = ''): Promise<Message | null> {
  const { db } = c.var
  const [asked, unreadable, newest] = await Promise.all([
    findDelivery(db, id),
    listDeliveries(db, { source: name, unreadable: true, limit: 1 }),
    listDeliveries(db, { source: name, limit: 1 }),
  ])
  const line = asked?.source === name ? asked : (unreadable[0] ?? newest[0])
  if (line === undefined) return null

  const body = (await rawDelivery(db, line.id)) ?? new Uint8Array()
  try {
    const json = jsonIn({ ...line, body })
    return { line, json, text: JSON.stringify(json, null, 2).slice(0, longestShown), fault: null }
  } catch (error) {
    if (!(error instanceof UnreadableDelivery)) throw error
    return { line, json: undefined, text: new TextDecoder().decode(body).slice(0, longestShown), fault: error.message }
  }
}
const longestShown = 30_000

const blankRule: Rule = { kind: 'incidents', when: '', each: '', columns: {} }

// rule.0.kind, rule.0.when, rule.0.each, rule.0.column.title ...
function rulesIn(fields: Fields): Rule[] {
  const rules: Rule[] = []
  for (const [name, said = ''] of Object.entries(fields)) {
    const [, place, column, field] = /^rule\.(\d\d?)\.(?:column\.(\w+)|(kind|when|each))$/.exec(name) ?? []
    if (place === undefined) continue
    const rule = rules[Number(place)] ?? { ...blankRule, columns: {} }
    if (column !== undefined) rule.columns[column] = said
    else if (field === 'kind') rule.kind = isOneOf(mappedKinds, said) ? said : rule.kind
    else if (field === 'when' || field === 'each') rule[field] = said
    rules[Number(place)] = rule
  }
  const without = /^without\.(\d\d?)$/.exec(fields.step ?? '')?.[1]
  return rules.filter((rule, place) => rule !== undefined && String(place) !== without).map(ownColumns)
}

// A rule that now makes another kind keeps of its columns those that kind has.
function ownColumns(rule: Rule): Rule {
  const names = new Set(columnsFor(rule.kind).map(({ name }) => name))
  return { ...rule, columns: Object.fromEntries(Object.entries(rule.columns).filter(([name]) => names.has(name))) }
}

function trialOf({ zone, rules }: Mapping, message: Message | null, { name }: RegisteredSource): Trial {
  const parsed = rulesSchema.safeParse(rules)
  if (!isZone(zone)) return { made: [], fault: `“${zone}” is not a time zone: write Europe/Berlin` }
  if (!parsed.success) return { made: [], fault: 'A mapping needs one rule at least, and twelve at most.' }
  if (message === null || message.fault !== null)
    return { made: [], fault: message?.fault ?? 'There is no delivery to try it on.' }

  const made = readByRules(parsed.data, message.json, { source: name, receivedAt: message.line.receivedAt, zone })
  return { made: made.map((one) => ({ ...one, faults: one.faults.map(inWords) })), fault: null }
}

function classIn({ class: said }: Fields): Partial<Pick<RegisteredSource, 'class'>> {
  return isOneOf(inputClasses, said) ? { class: said } : {}
}

interface Shown {
  message: Message | null
  mapping: Mapping
  trial: Trial | null
}

async function page(c: Context<Env>, source: RegisteredSource, { message, mapping, trial }: Shown): Promise<Response> {
  const [surroundings, others] = await Promise.all([
    around(c),
    listDeliveries(c.var.db, { source: source.name, limit: 20 }),
  ])
  const rules = mapping.rules.map(({ columns, ...rule }) => ({
    ...rule,
    columns: columnsFor(rule.kind).map((column) => ({ ...column, expression: columns[column.name] ?? '' })),
  }))
  const props: MappingPageProps = {
    around: { ...surroundings, here: paths.mapping(source.name) },
    source: source.name,
    delivery: message && { id: message.line.id, receivedAt: message.line.receivedAt, text: message.text },
    others,
    found: pathsIn(message?.json).map(({ path, value }) => ({ path, value: String(value).slice(0, 200) })),
    draft: { zone: mapping.zone, class: source.class, rules, kinds: mappedKinds },
    examples: examples.map(({ name, title }) => ({ name, title })),
    trial,
  }
  return show(c, <MappingPage {...props} />)
}
