import { alertmanager } from './alertmanager.ts'
import { argocd } from './argocd.ts'
import { cloudwatch } from './cloudwatch.ts'
import { codedeploy } from './codedeploy.ts'
import { datadog } from './datadog.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { grafana } from './grafana.ts'
import { icinga } from './icinga.ts'
import { jira } from './jira.ts'
import { mail } from './mail.ts'
import { mappedTools } from './mapped-tools.ts'
import { nagios } from './nagios.ts'
import { newrelic } from './newrelic.ts'
import { opsgenie } from './opsgenie.ts'
import { pagerduty } from './pagerduty.ts'
import { pingdom } from './pingdom.ts'
import { sentry } from './sentry.ts'
import { servicenow } from './servicenow.ts'
import type { Source } from './source.ts'
import { statuspage } from './statuspage.ts'
import { upptime } from './upptime.ts'
import { uptimeKuma } from './uptime-kuma.ts'
import { uptimerobot } from './uptimerobot.ts'
import { zabbix } from './zabbix.ts'

/** Every tool that can be read. */
export const adapters: readonly Source[] = [
  alertmanager,
  argocd,
  cloudwatch,
  codedeploy,
  datadog,
  github,
  gitlab,
  grafana,
  icinga,
  jira,
  mail,
  ...mappedTools,
  nagios,
  newrelic,
  opsgenie,
  pagerduty,
  pingdom,
  sentry,
  servicenow,
  statuspage,
  uptimeKuma,
  uptimerobot,
  upptime,
  zabbix,
]

export function adapterNamed(adapter: string): Source | undefined {
  return adapters.find((source) => source.adapter === adapter)
}

/** By the source's own name: 'alertmanager' and 'alertmanager-eu' are both read by the adapter alertmanager. */
export function adapterFor(name: string): Source | undefined {
  return adapters
    .filter(({ adapter }) => name === adapter || name.startsWith(`${adapter}-`))
    .toSorted((a, b) => b.adapter.length - a.adapter.length)[0]
}
