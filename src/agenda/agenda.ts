import type { Facts } from '../record/shapes.ts'
import { actionItems } from './actions.ts'
import { carriedFirst } from './carried.ts'
import { changeItems, suspectedBy } from './changes.ts'
import { complaintItems } from './complaints.ts'
import { countsOf } from './counts.ts'
import { exposureItems, openExposures } from './exposures.ts'
import { wordOn } from './heard.ts'
import { incidentItems } from './incidents.ts'
import { postmortemItems } from './postmortems.ts'
import { problemItems } from './problems.ts'
import { levelsOf, serviceLevelItems } from './service-levels.ts'
import type { Agenda, Section, Topic } from './shapes.ts'
import type { Shown } from './shown.ts'
import { sourceItems } from './sources.ts'
import { stillOpenItems } from './still-open.ts'
import { verdictOf } from './verdict.ts'

/** The running order. Every section is always there: an empty one is news too. */
export function buildAgenda(facts: Facts): Agenda {
  const exposures = openExposures(facts)
  const levels = levelsOf(facts)
  const counts = countsOf(facts)
  const incidents = incidentItems(facts)
  const section = (topic: Topic, shown: Shown): Section => ({
    topic,
    ...carriedFirst(shown, facts.carried),
    ...wordOn(topic, facts),
  })

  return {
    asOf: facts.asOf,
    zone: facts.zone,
    window: facts.window,
    meeting: facts.meeting,
    meetingDay: facts.meetingDay,
    verdict: verdictOf(facts, { exposures, levels, counts }),
    sources: facts.sources.toSorted(byName),
    inputs: facts.inputs.toSorted(byClass),
    deliveries: facts.deliveries,
    drill: facts.drill,
    counts,
    usual: facts.usual,
    levels,
    exposures,
    sections: [
      section('exposures', exposureItems(facts, exposures)),
      section('actions', actionItems(facts)),
      section('service-levels', serviceLevelItems(levels)),
      section('incidents', incidents),
      section('still-open', stillOpenItems(facts)),
      section('problems', problemItems(facts)),
      section('complaints', complaintItems(facts)),
      section('changes', changeItems(facts, suspectedBy(incidents.items))),
      section('postmortems', postmortemItems(facts)),
      section('sources', sourceItems(facts)),
    ],
  }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1
}

function byClass(a: { class: string }, b: { class: string }): number {
  return a.class < b.class ? -1 : 1
}
