import { monitorOf, notificationFacts } from './nagios.ts'
import type { Source } from './source.ts'

/** Icinga 2: what the notification command commands/muster-notify.sh posts. It tells like Nagios, but names no problem. */
export const icinga: Source = { ...monitorOf('icinga', 'Icinga'), read: notificationFacts }
