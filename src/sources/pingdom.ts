import type { Severity } from '../record/schema.ts'
import { saidIn, webAddress } from './said.ts'
import { runOf, signalFacts } from './signals.ts'
import type { Source } from './source.ts'

const mend = 'send what the webhook integration of Pingdom posts'
const importance: Record<string, Severity> = { HIGH: 'sev1', LOW: 'sev3' }
const states: Record<string, boolean> = { DOWN: true, UP: false, FAILING: true, SUCCESS: false }

/** Pingdom: uptime and transaction checks. A check of high importance that is down is sev1, one of low importance sev3. */
export const pingdom: Source = {
  adapter: 'pingdom',
  title: 'Pingdom',
  class: 'automated',
  proofs: ['address'],
  runOf,

  read(delivery) {
    const said = saidIn(delivery, mend)
    const on = states[said.need(mend, 'current_state').toUpperCase()]
    const key = said.need(mend, 'check_id', 'check_name')
    if (on === undefined) return []

    const name = said.text('check_name') ?? `check ${key}`
    return signalFacts({
      source: delivery.source,
      key,
      at: said.instant('state_changed_timestamp', 'state_changed_utc_time') ?? delivery.receivedAt,
      on,
      told: {
        title: `${name} is down`,
        service: name,
        url: webAddress(said.text('check_params.full_url')),
        class: 'automated',
      },
      severity: importance[said.text('importance_level')?.toUpperCase() ?? ''],
      theirs: said.text('importance_level'),
      note: said.text('long_description', 'description', 'custom_message'),
    })
  },
}
