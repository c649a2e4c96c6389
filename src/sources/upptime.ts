import type { Fact } from '../record/fact.ts'
import { issueOf } from './github-issues.ts'
import { type Said, saidIn } from './said.ts'
import { runOf, signalFacts } from './signals.ts'
import { type Delivery, type Source, UnreadableDelivery } from './source.ts'
import { happened, incidentTold } from './tellings.ts'

const mend = 'send what the custom webhook of Upptime posts, or the issues of its repository as a GitHub webhook'
const words =
  /^(?:[^\p{L}\p{N}]*\s)?(?<name>\S.*?)(?: \((?<url>https?:\/\/[^\s)]+)\))? (?:is|has) \**(?<state>down|degraded performance|back up|performing normally|up)\b/u

/**
 * Upptime, one way or the other: its custom webhook ('... is **down**: link'), which names no episode, or the issues its
 * robot opens and closes in GitHub, where each is an incident. Degraded performance is sev3.
 */
export const upptime: Source = {
  adapter: 'upptime',
  title: 'Upptime',
  class: 'automated',
  proofs: ['address', 'github'],
  runOf: (incidentId) => (incidentId.startsWith('upptime:issue ') ? null : runOf(incidentId)),

  read(delivery) {
    const said = saidIn(delivery, mend)
    return said.has('issue') || said.has('zen') ? issueFacts(said, delivery) : messageFacts(said, delivery)
  },
}

function messageFacts(said: Said, { source, receivedAt: at }: Delivery): Fact[] {
  const message = said.need(mend, 'data.message', 'message', 'text', 'content')
  const { name, url, state } = words.exec(message)?.groups ?? {}
  if (name === undefined || state === undefined)
    throw new UnreadableDelivery(`data.message: says neither down nor up; ${mend}`)

  return signalFacts({
    source,
    key: name.toLowerCase(),
    at,
    on: state === 'down' || state.startsWith('degraded'),
    told: { title: `${name} is down`, service: name, url, class: 'automated' },
    severity: state.startsWith('degraded') ? 'sev3' : undefined,
    note: message,
  })
}

// '🛑 Shop is down', labelled 'status' and with the site's own name.
function issueFacts(said: Said, { receivedAt }: Delivery): Fact[] {
  const issue = issueOf(said, receivedAt)
  const title = /^(?:[^\p{L}\p{N}]*\s)?(?<name>\S.*?) (?:is|has) (?:down|degraded performance)$/u.exec(
    issue?.title ?? '',
  )
  if (!issue?.labels.includes('status') || !title?.groups) return []

  const id = `upptime:issue ${issue.repository}#${issue.number}`
  return [
    ...incidentTold({
      id,
      at: issue.at,
      startedAt: issue.createdAt,
      told: {
        title: `${title.groups.name} is down`,
        service: title.groups.name,
        severity: /degraded/.test(issue.title) ? 'sev3' : undefined,
        ownerId: issue.owner,
        url: issue.url,
        class: 'automated',
      },
    }),
    ...issue.life.flatMap(({ event, at, by }) => happened(id, event, at, { by })),
  ]
}
