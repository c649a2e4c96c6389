import { dateTimeWords } from '../calendar.ts'
import type { Decision } from '../record/decisions.ts'

/** How people are called, and in which zone times are told. */
export interface Telling {
  nameOf: (personId: string) => string
  zone: string
}

/** What the room decided, in one sentence with whom it concerns: as it is read back, and as it stands in the minutes. */
export function decisionSentence(decision: Decision, telling: Telling): string {
  const sentence = wordsOf(decision, telling)
  return decision.why === '' ? `${sentence}.` : `${sentence}, because ${decision.why.replace(/\.$/, '')}.`
}

function wordsOf(decision: Decision, telling: Telling): string {
  switch (decision.subjectKind) {
    case 'incident':
      return incidentWords(decision, telling)
    case 'problem':
      return problemWords(decision, telling)
    case 'action':
      return actionWords(decision, telling)
    case 'exposure':
      return exposureWords(decision, telling)
    case 'change':
      return changeWords(decision)
  }
}

function incidentWords({ title, subjectId, kind, value }: Decision, telling: Telling): string {
  const it = `“${title}” (${subjectId})`
  switch (kind) {
    case 'assigned':
      return value ? `${telling.nameOf(value)} takes ${it}` : `${it} is nobody’s`
    case 'postmortem':
      return value === 'later' ? `Postmortem on ${it}: put off` : `Postmortem on ${it}: ${value}`
    case 'postmortem-scheduled':
      return `Postmortem on ${it}: ${instantWords(value, telling)}`
    case 'severity':
      return `${it} is ${value.toUpperCase()}`
    case 'linked-problem':
      return `${it} comes from problem ${value}`
    case 'outage-manager':
      return `${telling.nameOf(value)} runs ${it}`
    case 'promised':
      return `Promised for ${it} by ${promiseWords(value, telling)}`
    case 'promise-kept':
      return `Kept for ${it}: ${promiseWords(value, telling)}`
    case 'checked':
      return `Done for ${it}: ${value}`
    case 'skipped':
      return `Left out for ${it}: ${value}`
    case 'told':
      return isFirst(value) ? `${it} is an incident from now on` : `${it} corrected: ${toldWords(value, telling)}`
    case 'note':
      return `Noted at ${it}: ${value}`
    default:
      return `${it}: ${kind.replaceAll('-', ' ')}${value ? ` ${value}` : ''}`
  }
}

function problemWords({ title, subjectId, kind, value }: Decision, telling: Telling): string {
  const it = `problem “${title}” (${subjectId})`
  switch (kind) {
    case 'assigned':
      return value ? `${telling.nameOf(value)} takes ${it}` : `${capital(it)} is nobody’s`
    case 'told':
      return `${capital(it)}: ${toldWords(value, telling)}`
    case 'state':
      return `${capital(it)} is ${value.replaceAll('-', ' ')}`
    case 'note':
      return `Noted at ${it}: ${value}`
    default:
      return `${capital(it)}: ${kind.replaceAll('-', ' ')}${value ? ` ${value}` : ''}`
  }
}

function actionWords({ title, kind, value }: Decision, telling: Telling): string {
  const it = `“${title}”`
  switch (kind) {
    case 'told':
      return `Action ${it} was given out`
    case 'opened':
      return `Action ${it} is open`
    case 'owner':
      return value ? `${telling.nameOf(value)} sees to ${it}` : `Action ${it} is nobody’s`
    case 'due':
      return `Action ${it} is due ${instantWords(value, telling)}`
    case 'acknowledged':
      return `Action ${it} was accepted`
    case 'done':
    case 'dropped':
      return `Action ${it} is ${kind}`
    default:
      return `Noted at action ${it}: ${value}`
  }
}

function exposureWords({ subjectId, kind, value }: Decision, telling: Telling): string {
  switch (kind) {
    case 'owner':
      return value
        ? `${telling.nameOf(value)} brings ${subjectId} back to two sites`
        : `${subjectId} on one site: nobody’s`
    case 'plan':
      return `Plan for ${subjectId} on one site: ${value}`
    case 'eta':
      return `${subjectId} is redundant again by ${instantWords(value, telling)}`
    default:
      return `Noted at ${subjectId} on one site: ${value}`
  }
}

function changeWords({ title, kind, value }: Decision): string {
  switch (kind) {
    case 'rolled-back':
      return `Change “${title}” is rolled back`
    case 'denied':
      return `Change “${title}” was denied as a cause`
    case 'course':
      return `Change “${title}”: ${value === 'hold' ? 'hold it' : value === 'watch' ? 'watch it' : 'go on'}`
    case 'in-response':
      return `Change “${title}” is part of the response to ${value}`
    default:
      return `Change “${title}”: ${kind.replaceAll('-', ' ')} ${value}`.trim()
  }
}

function promiseWords(value: string, telling: Telling): string {
  const [at = '', ...what] = value.split(' ')
  return `${instantWords(at, telling)}: ${what.join(' ')}`
}

function instantWords(value: string, { zone }: Telling): string {
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? value : dateTimeWords(at, zone)
}

/** What was told of it, column by column; a title is in the sentence already. */
function toldWords(value: string, telling: Telling): string {
  const told = JSON.parse(value) as Record<string, unknown> // written by toldText
  const columns = Object.entries(told).filter(([name, said]) => name !== 'title' && said !== null && said !== '')
  if (columns.length === 0) return 'opened'
  return columns.map(([name, said]) => `${columnName(name)} ${saidWords(name, said, telling)}`).join(', ')
}

/** Whoever corrects a thing gives it neither a name nor both ends. */
function isFirst(value: string): boolean {
  const told = JSON.parse(value) as Record<string, unknown> // written by toldText
  return 'title' in told && 'startedAt' in told
}

function saidWords(name: string, said: unknown, telling: Telling): string {
  if (name.endsWith('At')) return instantWords(String(said), telling)
  if (name === 'ownerId') return telling.nameOf(String(said))
  return name === 'severity' ? String(said).toUpperCase() : String(said)
}

function columnName(name: string): string {
  const words = name.replace(/(Id|At)$/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return words === 'customer minutes' ? 'customer-minutes' : words
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
