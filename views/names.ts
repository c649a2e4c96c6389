import type { Advice, PostmortemRule, Topic, Verdict } from '../src/agenda/shapes.ts'
import type { Decision, IncidentState, InputClass, ProblemState, Severity, SiteState } from '../src/record/schema.ts'
import { listed } from './figures.ts'

/** The running order as the room calls it. */
export function topicTitle(topic: Topic): string {
  switch (topic) {
    case 'exposures':
      return 'On one site alone'
    case 'actions':
      return "Last time's actions"
    case 'service-levels':
      return 'Service levels'
    case 'incidents':
      return 'Incidents since the last meeting'
    case 'still-open':
      return 'Still open from before'
    case 'problems':
      return 'Problems'
    case 'complaints':
      return 'Complaints and forecasts'
    case 'changes':
      return 'Changes'
    case 'postmortems':
      return 'Postmortems'
    case 'sources':
      return 'Who did not speak'
  }
}

export function levelWord(level: Verdict['level']): string {
  switch (level) {
    case 'red':
      return 'Red'
    case 'amber':
      return 'Amber'
    case 'green':
      return 'Green'
  }
}

export function severityWord(severity: Severity | null): string {
  return severity === null ? 'severity unknown' : severity.toUpperCase()
}

export function incidentStateWord(state: IncidentState): string {
  switch (state) {
    case 'open':
      return 'open'
    case 'mitigated':
      return 'service back, not yet resolved'
    case 'resolved':
      return 'resolved'
    case 'closed':
      return 'closed'
  }
}

export function problemStateWord(state: ProblemState): string {
  switch (state) {
    case 'open':
      return 'open'
    case 'known-error':
      return 'cause known'
    case 'fix-deployed':
      return 'fix out, under watch'
    case 'closed':
      return 'closed'
  }
}

export function siteStateWord(state: SiteState): string {
  switch (state) {
    case 'serving':
      return 'serving'
    case 'able':
      return 'able to take over'
    case 'unable':
      return 'unable'
    case 'draining':
      return 'draining'
    case 'unknown':
      return 'has not said'
  }
}

export function decisionWord(decision: Decision | null): string {
  switch (decision) {
    case 'yes':
      return 'postmortem'
    case 'no':
      return 'no postmortem'
    case 'later':
      return 'put off'
    case null:
      return 'to decide'
  }
}

/** What a class of input brings, as one says 'no ... was ever told to us'. */
export function classWord(inputClass: InputClass): string {
  switch (inputClass) {
    case 'customer':
      return 'customer complaint'
    case 'internal':
      return 'internal complaint'
    case 'manual':
      return 'hand-written report'
    case 'automated':
      return 'automatic alert'
    case 'predictive':
      return 'forecast'
    case 'service-level':
      return 'service level'
  }
}

/** 'advised yes: it was grave and has struck before'. */
export function adviceWords({ answer, rules }: Advice): string {
  return rules.length === 0 ? `advised ${answer}` : `advised ${answer}: it ${listed(rules.map(ruleWords))}`
}

export function ruleWords(rule: PostmortemRule): string {
  switch (rule) {
    case 'severity':
      return 'was grave'
    case 'customer-minutes':
      return 'cost many customer-minutes'
    case 'repeated':
      return 'has struck before'
    case 'exposure':
      return 'left a service on one site'
    case 'near miss':
      return 'was a near miss'
  }
}

/** A corrected figure by its name in the counts: 'incidents.opened' is 'incidents opened'. */
export function figureName(figure: string): string {
  return figure.replaceAll('.', ' ').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** A source by its name; a class of input nobody in particular feeds, by what it brings. */
export function speakerWord(name: string): string {
  return isInputClass(name) ? `${classWord(name)}s` : name
}

function isInputClass(name: string): name is InputClass {
  return ['customer', 'internal', 'manual', 'automated', 'predictive', 'service-level'].includes(name)
}
