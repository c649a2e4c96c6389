import { ana, jonas, tomasz } from './cast.ts'
import type { Episode } from './incidents.ts'
import { minutesAfter, type Story } from './story.ts'

/** The night the room will ask about first: still not closed, because checkout still runs alone. */
export function failover({ failedOver, now }: Story): Episode {
  return {
    id: 'INC-3187',
    title: 'Load balancer pair lost in ams, checkout failed over to fra',
    service: 'checkout',
    severity: 'sev2',
    from: failedOver,
    mitigated: minutesAfter(failedOver, 7),
    to: null,
    customerMinutes: 9400,
    ownerId: ana,
    site: 'ams',
    heardAt: minutesAfter(failedOver, 1) > now ? now : minutesAfter(failedOver, 1),
  }
}

/** What the last meeting could not know. */
export function sinceLastMeeting({ clock, workday, lately }: Story): Episode[] {
  return [
    {
      id: 'INC-3176',
      title: 'Search returns nothing when a brand filter is set',
      service: 'search',
      severity: 'sev2',
      from: clock(workday(1), '16:32'),
      mitigated: clock(workday(1), '16:58'),
      to: clock(workday(1), '17:41'),
      customerMinutes: 41000,
    },
    {
      id: 'INC-3174',
      title: 'Certificate of the accounts API would have expired in 26 hours',
      service: 'accounts',
      severity: 'sev3',
      from: clock(workday(1), '15:05'),
      to: clock(workday(1), '15:40'),
      customerMinutes: 0,
      class: 'manual',
      source: 'operations desk',
    },
    {
      id: 'INC-3182',
      title: 'Address suggestions fail for Austria',
      service: 'checkout',
      severity: 'sev3',
      from: clock(1, '19:20'),
      to: clock(1, '20:55'),
      customerMinutes: 1300,
      class: 'customer',
      source: 'support desk',
    },
    {
      id: 'INC-3190',
      title: 'Replica of the settlement ledger lags 240 s',
      service: 'payments',
      severity: 'sev4',
      from: clock(1, '23:05'),
      to: clock(1, '23:31'),
      customerMinutes: null,
      ownerId: tomasz,
    },
    {
      id: 'INC-3192',
      title: 'Disk 92 % full on accounts-db-3',
      service: 'accounts',
      severity: 'sev4',
      from: lately(100),
      to: null,
      customerMinutes: null,
      ownerId: null,
    },
    {
      id: 'INC-3193',
      title: 'Search p95 latency above 800 ms in ams',
      service: 'search',
      severity: 'sev3',
      from: lately(38),
      to: null,
      customerMinutes: 600,
      ownerId: null,
      site: 'ams',
    },
    {
      id: 'INC-3194',
      title: 'Refunds of forty vouchers were paid twice',
      service: 'payments',
      severity: 'sev3',
      from: clock(workday(2), '15:00'),
      to: clock(workday(2), '17:30'),
      customerMinutes: 800,
      class: 'internal',
      source: 'finance desk',
      heardAt: lately(150),
      ownerId: jonas,
    },
  ]
}
