import type { Fact } from '../record/fact.ts'
import type { Severity } from '../record/schema.ts'
import { asSaid, type Said, saidIn, webAddress } from './said.ts'
import { severityFrom } from './severities.ts'
import { runOf, signalFacts } from './signals.ts'
import type { Delivery, Source } from './source.ts'
import { happened, incidentTold } from './tellings.ts'

const mend = 'send the parameters that README.md lists for Zabbix'

/**
 * Zabbix: a media type of type webhook, with macros as its parameters. With `event_id` ({EVENT.ID}) each problem is an
 * incident; without it, one lasts from PROBLEM to OK of the same trigger, or of the same item of a host. Disaster is sev1,
 * High sev2, Average sev3, the others sev4.
 */
export const zabbix: Source = {
  adapter: 'zabbix',
  title: 'Zabbix',
  class: 'automated',
  proofs: ['bearer', 'address'],
  runOf: (incidentId) => (/^[^:]*:event /.test(incidentId) ? null : runOf(incidentId)),

  read(delivery) {
    const said = plainly(saidIn(delivery, mend))
    const status = said.need(mend, 'status', 'eventstatus', 'triggerstatus', 'eventvalue', 'value').toUpperCase()
    const on = /^(PROBLEM|1)$/.test(status) ? true : /^(OK|RESOLVED|RECOVERY|0)$/.test(status) ? false : null
    if (on === null) return []

    const event = said.text('eventid', 'problemid')
    return event === undefined
      ? ofTrigger(said, on, delivery)
      : ofEvent(said, { id: idOf(event, delivery), on, delivery })
  },
}

const severityWords: Record<string, Severity> = {
  disaster: 'sev1',
  '5': 'sev1',
  high: 'sev2',
  '4': 'sev2',
  average: 'sev3',
  '3': 'sev3',
  warning: 'sev4',
  '2': 'sev4',
  information: 'sev4',
  '1': 'sev4',
  'not classified': 'sev4',
  '0': 'sev4',
}

/** EVENT_ID, event_id, eventid and 'Event ID' are one, and so are {HOST.NAME}, hostname and host. */
function plainly(said: Said): Said {
  const plain = Object.entries(said.pairs('')).map(([name, value]) => [
    name.toLowerCase().replace(/[^a-z]/g, ''),
    value,
  ])
  return asSaid(Object.fromEntries(plain))
}

function idOf(event: string, { source }: Delivery): string {
  return `${source}:event ${event}`
}

function toldOf(said: Said) {
  const host = said.text('hostname', 'host', 'eventhost')
  const trigger = said.text('eventname', 'triggername', 'trigger', 'subject', 'problem', 'name', 'item')
  return {
    title: trigger ?? `${host ?? 'a host'} has a problem`,
    service: said.text('service') ?? host,
    site: said.text('site', 'datacenter'),
    team: said.text('team'),
    url: webAddress(said.text('link', 'url', 'eventurl', 'triggerurl')),
    class: 'automated' as const,
  }
}

function severityIn(said: Said): string | undefined {
  return said.text('eventseverity', 'severity', 'triggerseverity', 'nseverity', 'eventnseverity', 'priority')
}

function severityOf(word: string | undefined): Severity | undefined {
  return word === undefined ? undefined : (severityWords[word.toLowerCase()] ?? severityFrom(word))
}

function beganAt(said: Said): Date | undefined {
  return told(said, 'event') ?? said.instant('timestamp', 'eventtimestamp', 'clock')
}

// The date and the time are macros of their own.
function told(said: Said, which: 'event' | 'eventrecovery' | 'eventupdate'): Date | undefined {
  const [day, time] = [said.text(`${which}date`), said.text(`${which}time`)]
  if (day === undefined || time === undefined) return undefined
  const instant = `${day} ${time}${said.text('offset', 'utcoffset') ?? ''}`
  return asSaid({ instant }).instant('instant')
}

interface Event {
  id: string
  on: boolean
  delivery: Delivery
}

function ofEvent(said: Said, { id, on, delivery }: Event): Fact[] {
  const startedAt = beganAt(said)
  const updatedAt = told(said, 'eventupdate')
  const endedAt = on ? undefined : (told(said, 'eventrecovery') ?? delivery.receivedAt)
  const at = endedAt ?? updatedAt ?? startedAt ?? delivery.receivedAt
  const word = severityIn(said)
  const by = said.text('userfullname', 'eventupdateuser')
  const update = said.text('eventupdateaction', 'eventupdatestatus') ?? ''
  return [
    ...incidentTold({
      id,
      at,
      startedAt,
      told: { ...toldOf(said), ...(on ? { severity: severityOf(word) } : {}) },
      theirs: { severity: on ? word : undefined },
    }),
    ...(/(^|\b)acknowledged/i.test(update) || /^yes$/i.test(said.text('eventackstatus') ?? '')
      ? happened(id, 'acknowledged', at, { by })
      : []),
    ...(updatedAt || update ? happened(id, 'note', at, { value: said.text('eventupdatemessage'), by }) : []),
    ...(endedAt ? happened(id, 'resolved', endedAt) : []),
  ]
}

function ofTrigger(said: Said, on: boolean, { source, receivedAt }: Delivery): Fact[] {
  const { title, ...named } = toldOf(said)
  const trigger = said.text('triggerid') ?? /[?&]triggerid=(\d+)/.exec(said.text('link', 'url') ?? '')?.[1]
  const item = said.text('item', 'itemname', 'itemid')?.replace(/\s*\(.*\)$/, '')
  const key = trigger ? `trigger ${trigger}` : `${said.text('hostname', 'host') ?? ''} ${item ?? title}`
  const at = (on ? beganAt(said) : told(said, 'eventrecovery')) ?? receivedAt
  // A recovery has words of its own, and they are not what the incident is called.
  const word = on ? severityIn(said) : undefined
  return signalFacts({ source, key, at, on, told: { ...named, title }, severity: severityOf(word), theirs: word })
}
