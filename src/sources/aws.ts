import type { Fact } from '../record/fact.ts'
import { longest, type Said, saidIn, saidWithin } from './said.ts'
import { signalFacts } from './signals.ts'
import { type Delivery, type Remark, UnreadableDelivery } from './source.ts'
import { changeTold } from './tellings.ts'

export const mend = 'subscribe this address to an SNS topic, or let EventBridge post its events here'

/** One message that came over SNS, or an event that came by itself. */
interface Message {
  said: Said
  sentAt: Date | undefined
}

/** What arrives from Amazon: alarms and deployments, whichever of the two adapters it was sent to. */
export function awsFacts(delivery: Delivery): Fact[] {
  return messagesIn(saidIn(delivery, mend)).flatMap(({ said, sentAt }) => {
    const at = sentAt ?? delivery.receivedAt
    if (said.text('AlarmName')) return alarmFacts(said, delivery.source, at)
    if (said.text('source') === 'aws.cloudwatch') return alarmEventFacts(said, delivery.source, at)
    if (said.text('deploymentId', 'detail.deploymentId')) return deploymentFacts(said, at)
    return []
  })
}

/** A topic that asks to be confirmed is shown with the address that does it: whoever looks decides. */
export function awsRemark(delivery: Delivery): Remark | null {
  const said = saidIn(delivery, mend)
  const type = said.text('Type')
  const topic = said.text('TopicArn') ?? 'a topic'
  const url = said.text('SubscribeURL')
  if (type === 'SubscriptionConfirmation')
    return { says: `${topic} asks whether it may deliver here`, url: confirming(url) }
  if (type === 'UnsubscribeConfirmation')
    return { says: `${topic} delivers here no more; to go on`, url: confirming(url) }
  return null
}

// Only Amazon confirms for Amazon: any other address in that field is a trap.
function confirming(url: string | undefined): string | null {
  const ours = url !== undefined && URL.canParse(url) ? new URL(url) : null
  return ours?.protocol === 'https:' && /^sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(ours.hostname)
    ? ours.href
    : null
}

function messagesIn(said: Said): Message[] {
  if (said.has('Records')) return said.list('Records').flatMap((one) => unwrapped(one, 'Sns.'))
  if (said.has('Type') && said.has('MessageId')) return unwrapped(said, '')
  if (said.text('AlarmName', 'detail-type', 'deploymentId')) return [{ said, sentAt: said.instant('time') }]
  throw new UnreadableDelivery(`the body: is neither a message of SNS nor an event of EventBridge; ${mend}`)
}

// A plain text is a message too; it is not for us.
function unwrapped(said: Said, where: string): Message[] {
  if (said.text(`${where}Type`) !== 'Notification') return []
  const inner = said.at(`${where}Message`)
  const message = typeof inner === 'string' ? saidWithin(inner) : undefined
  return message ? [{ said: message, sentAt: said.instant(`${where}Timestamp`, 'time') }] : []
}

// INSUFFICIENT_DATA is neither on nor off.
const states: Record<string, boolean> = { ALARM: true, OK: false }

function alarmFacts(said: Said, source: string, sentAt: Date): Fact[] {
  const on = states[said.need(mend, 'NewStateValue')]
  if (on === undefined) return []

  const name = said.need(mend, 'AlarmName')
  const at = said.instant('StateChangeTime') ?? sentAt
  const region = /:cloudwatch:([a-z0-9-]+):/.exec(said.text('AlarmArn') ?? '')?.[1] ?? said.text('Region')
  return signalFacts({
    source,
    key: said.text('AlarmArn') ?? [said.text('AWSAccountId'), region, name].filter(Boolean).join(' '),
    at,
    on,
    told: { title: name, service: dimensionIn(said), site: region, url: linkTo(region, name), class: 'automated' },
    note: said.text('NewStateReason'),
  })
}

function dimensionIn(said: Said): string | undefined {
  const metrics = said.list('Trigger.Metrics').flatMap((one) => one.list('MetricStat.Metric.Dimensions'))
  const pairs = [...said.list('Trigger.Dimensions'), ...metrics].map((one) => [one.text('name'), one.text('value')])
  return gravestOf(pairs)
}

// Of several what people would call the service, else the first.
function gravestOf(pairs: readonly (readonly (string | undefined)[])[]): string | undefined {
  const kinds = [/service/i, /function|loadbalancer|dbinstance|apiname|queuename/i, /cluster/i, /./]
  const found = kinds.map((kind) => pairs.find(([name, value]) => value !== undefined && kind.test(name ?? '')))
  return found.find((pair) => pair !== undefined)?.[1]
}

function alarmEventFacts(said: Said, source: string, sentAt: Date): Fact[] {
  const on = states[said.text('detail.state.value') ?? '']
  const name = said.text('detail.alarmName')
  if (on === undefined || name === undefined) return []

  const wasOn = said.text('detail.previousState.value') === 'ALARM'
  const region = said.text('region')
  return signalFacts({
    source,
    key: said.text('resources.0') ?? [said.text('account'), region, name].filter(Boolean).join(' '),
    at: said.instant('detail.state.timestamp') ?? sentAt,
    on,
    since: wasOn ? said.instant('detail.previousState.timestamp') : undefined,
    told: {
      title: name,
      service: gravestOf(said.list('detail.configuration.metrics').flatMap(dimensionsOf)),
      site: region,
      url: linkTo(region, name),
      class: 'automated',
    },
    note: said.text('detail.state.reason'),
  })
}

function dimensionsOf(metric: Said): [string, string][] {
  return Object.entries(metric.pairs('metricStat.metric.dimensions'))
}

function linkTo(region: string | undefined, name: string): string | undefined {
  if (!region || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return undefined
  const alarm = encodeURIComponent(name.slice(0, longest.title))
  return `https://console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:alarm/${alarm}`
}

/** CodeDeploy tells its life in several messages: the change is the deployment, begun when the first of them says so. */
function deploymentFacts(said: Said, sentAt: Date): Fact[] {
  const id = said.need(mend, 'deploymentId', 'detail.deploymentId')
  const application = said.text('applicationName', 'detail.application') ?? 'an application'
  const group = said.text('deploymentGroupName', 'detail.deploymentGroup')
  const region = said.text('region', 'detail.region')
  return [
    changeTold({
      id: `codedeploy:${id}`,
      at: said.instant('createTime', 'time') ?? sentAt,
      what: `Deploy ${application}${group ? ` to ${group}` : ''}${hasFailed(said) ? ': failed' : ''}`,
      service: application,
      site: region,
      type: 'deployment',
    }),
  ]
}

// An instance may fail and the deployment go on.
function hasFailed(said: Said): boolean {
  const isOfInstance = said.has('instanceId') || said.has('detail.instanceId')
  return !isOfInstance && /^fail/i.test(said.text('status', 'detail.state') ?? '')
}
