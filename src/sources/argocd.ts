import type { Fact } from '../record/fact.ts'
import { asSaid, type Said, saidIn, webAddress } from './said.ts'
import type { Delivery, Source } from './source.ts'
import { changeTold } from './tellings.ts'

const mend = 'use the notification template that README.md gives for Argo CD'
const done = ['Succeeded', 'Failed', 'Error']

/** Argo CD notifications: each finished sync of an application is a change. The body is the application, or a few words of it. */
export const argocd: Source = {
  adapter: 'argocd',
  title: 'Argo CD',
  class: 'manual',
  proofs: ['bearer', 'address'],

  read(delivery) {
    const told = saidIn(delivery, mend)
    const inner = ['app', 'application'].find((name) => typeof told.at(name) === 'object' && told.at(name) !== null)
    const said = inner === undefined ? told : asSaid(told.at(inner))
    const name = said.text('metadata.name', 'app', 'application', 'name') ?? told.need(mend, 'metadata.name')
    return syncFacts(said, name, delivery)
  },
}

function syncFacts(said: Said, name: string, { source, receivedAt }: Delivery): Fact[] {
  const operation = 'status.operationState'
  const phase = said.text(`${operation}.phase`, 'phase', 'state')
  if (!phase || !done.includes(phase)) return []

  const at = said.instant(`${operation}.startedAt`, 'startedAt', `${operation}.finishedAt`, 'finishedAt') ?? receivedAt
  const revision = said.text(`${operation}.syncResult.revision`, 'status.sync.revision', 'revision')
  const place = said.text('spec.destination.name', 'spec.destination.namespace', 'cluster', 'namespace')
  return [
    changeTold({
      id: `${source}:${said.text('metadata.namespace') ?? ''}/${name}:${at.toISOString()}`,
      at,
      what: `Sync ${name}${revision ? ` to ${revision.slice(0, 8)}` : ''}${place ? ` in ${place}` : ''}${phase === 'Succeeded' ? '' : `: ${phase}`}`,
      service: name,
      site: said.text('spec.destination.name', 'cluster'),
      who: said.text(`${operation}.operation.initiatedBy.username`, 'initiatedBy'),
      url: webAddress(said.text('url'), said.text('spec.source.repoURL')),
      type: 'deployment',
    }),
  ]
}
