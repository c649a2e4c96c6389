import type { Fact } from '../src/record/fact.ts'
import { type Reading, when } from './figures.ts'

/** What a fact amounts to, in a line: for whoever writes a mapping and wants to see what becomes of a delivery. */
export function factWords(fact: Fact, reading: Reading): string {
  switch (fact.kind) {
    case 'incident':
      return `Incident ${fact.id} as of ${when(fact.at, reading)}: ${toldWords(fact.told, reading)}`
    case 'problem':
      return `Problem ${fact.id} as of ${when(fact.at, reading)}: ${toldWords(fact.told, reading)}`
    case 'action':
      return `Action ${fact.id}: ${toldWords(fact.told, reading)}`
    case 'incident-event':
      return `Incident ${fact.incidentId}: ${happened(fact, reading)}`
    case 'problem-event':
      return `Problem ${fact.problemId}: ${happened(fact, reading)}`
    case 'action-event':
      return `Action ${fact.actionId}: ${happened(fact, reading)}`
    case 'exposure-event':
      return `Exposure of ${fact.service}: ${happened(fact, reading)}`
    case 'change-event':
      return `Change ${fact.changeId}: ${happened(fact, reading)}`
    case 'change':
      return `Change ${fact.id} at ${when(fact.at, reading)}: ${toldWords({ ...fact, id: null, kind: null, at: null }, reading)}`
    case 'site':
      return `Site ${fact.site} of ${fact.service} is ${fact.state} since ${when(fact.at, reading)}`
    case 'service-level':
      return `${fact.indicator} of ${fact.service} on ${fact.day}: ${fact.good} good of ${fact.total}, ${fact.unknown} unknown`
    case 'complaint':
      return `Complaint ${fact.id} at ${when(fact.at, reading)}: ${fact.text}`
    case 'forecast':
      return `Forecast ${fact.id}: ${fact.what}, due ${when(fact.dueAt, reading)}`
    case 'planned-event':
      return `Event ${fact.id}: ${fact.title}, from ${when(fact.from, reading)}`
    case 'person':
      return `Person ${fact.name}, ${fact.email}`
    case 'service':
      return `Service ${fact.id}`
  }
}

function toldWords(told: object, reading: Reading): string {
  return Object.entries(told)
    .filter(([, said]) => said !== null && said !== undefined)
    .map(([name, said]) => `${name} ${said instanceof Date ? when(said, reading) : String(said)}`)
    .join(', ')
}

function happened({ event, at, value }: { event: string; at: Date; value?: string }, reading: Reading): string {
  return `${event.replaceAll('-', ' ')}${value ? ` “${value}”` : ''} at ${when(at, reading)}`
}
