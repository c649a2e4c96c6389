import type { Fact, IncidentEventKind } from '../record/fact.ts'
import { type Said, saidIn, webAddress } from './said.ts'
import { severityFrom } from './severities.ts'
import type { Source } from './source.ts'
import { happened, incidentTold } from './tellings.ts'

const mend = 'send what the webhook integration of Opsgenie or Jira Service Management posts'

/**
 * Opsgenie, and the alerts of Jira Service Management, which speak alike. An alert is an incident; deleting one ends it like
 * closing it. P1 is sev1, P5 is sev4. Its entity is the service.
 */
export const opsgenie: Source = {
  adapter: 'opsgenie',
  title: 'Opsgenie or Jira Service Management alerts',
  class: 'automated',
  proofs: ['bearer', 'address'],

  read(delivery) {
    const said = saidIn(delivery, mend)
    const thing = said.has('incident') && !said.has('alert') ? 'incident' : 'alert'
    const action = said
      .need(mend, 'action')
      .toLowerCase()
      .replace(/[^a-z]/g, '')
    const event = events.get(action)
    if (event === undefined) return []

    const id = `opsgenie:${said.need(mend, `${thing}.alertId`, `${thing}.incidentId`, `${thing}.id`, `${thing}.alias`)}`
    const at = said.instant(`${thing}.updatedAt`) ?? delivery.receivedAt
    return [...standing(said, { id, at, thing, action }), ...lifeOf(said, { id, at, thing, event })]
  },
}

// By what the alert calls the deed; null: it only tells how the alert stands.
const events = new Map<string, IncidentEventKind | null>([
  ...deeds(null, 'create created incidentcreated updatemessage updatedescription updatepriority escalatenext snooze'),
  ...deeds('acknowledged', 'acknowledge acknowledged incidentacknowledged'),
  ...deeds('assigned', 'assignownership takeownership'),
  ...deeds('note', 'addnote unacknowledge customaction'),
  ...deeds('resolved', 'close closed delete deleted resolve resolved incidentclosed incidentresolved incidentdeleted'),
  ...deeds('reopened', 'reopen reopened incidentreopened'),
])

interface Deed {
  id: string
  at: Date
  thing: string
}

function standing(said: Said, { id, at, thing, action }: Deed & { action: string }): Fact[] {
  const title = said.text(`${thing}.message`) ?? (action === 'create' ? said.text(`${thing}.alias`) : undefined)
  if (title === undefined) return []

  const priority = said.text(`${thing}.newPriority`, `${thing}.priority`)
  return incidentTold({
    id,
    at,
    startedAt: said.instant(`${thing}.createdAt`),
    told: {
      title,
      service: said.text(`${thing}.details.service`, `${thing}.entity`, `${thing}.impactedServices.0`),
      severity: severityFrom(priority),
      ownerId: said.text(action === 'takeownership' ? `${thing}.username` : `${thing}.owner`),
      team: said.text(`${thing}.team`) ?? teamIn(said.list(`${thing}.responders`)),
      site: said.text(`${thing}.details.datacenter`, `${thing}.details.site`, `${thing}.details.region`),
      url: webAddress(said.text(`${thing}.url`, `${thing}.alertUrl`, 'url')),
      class: 'automated',
    },
    theirs: { severity: priority, groupKey: said.text(`${thing}.alias`) },
  })
}

// Teams come as ids; only among the responders they have names.
function teamIn(responders: readonly Said[]): string | undefined {
  return responders.find((one) => one.text('type') === 'team')?.text('name')
}

function lifeOf(said: Said, { id, at, thing, event }: Deed & { event: IncidentEventKind | null }): Fact[] {
  const by = said.text(`${thing}.username`)
  const taker = said.text(`${thing}.owner`, `${thing}.username`)
  const note = said.text(`${thing}.note`)
  const notes = event === 'note' || note === undefined ? [] : happened(id, 'note', at, { value: note, by })
  switch (event) {
    case null:
      return notes
    case 'assigned':
      return [...happened(id, event, at, { value: taker ?? '', by }), ...notes]
    case 'note':
      return happened(id, event, at, { value: note ?? said.text('action'), by })
    default:
      return [...happened(id, event, at, { by }), ...notes]
  }
}

function deeds(event: IncidentEventKind | null, words: string): [string, IncidentEventKind | null][] {
  return words.split(' ').map((word) => [word, event])
}
