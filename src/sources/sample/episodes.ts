import { hanneke, lea } from './cast.ts'
import type { Episode } from './incidents.ts'
import { failover, sinceLastMeeting } from './last-night.ts'
import type { Story } from './story.ts'

/** Every incident with a part in the story; what else a fortnight brings is in background.ts. */
export function episodes(story: Story): Episode[] {
  return [
    failover(story),
    ...acquirerTimeouts(story),
    ...sessionsLost(story),
    ...sinceLastMeeting(story),
    ...older(story),
  ]
}

const acquirer = { title: 'Card payments time out at the acquirer', service: 'payments', problemId: 'PRB-41' } as const

function acquirerTimeouts({ clock, workday }: Story): Episode[] {
  return [
    {
      ...acquirer,
      id: 'INC-3102',
      severity: 'sev3',
      from: clock(workday(8), '18:03'),
      to: clock(workday(8), '18:17'),
      customerMinutes: 6100,
    },
    {
      ...acquirer,
      id: 'INC-3141',
      severity: 'sev2',
      from: clock(workday(6), '18:22'),
      to: clock(workday(6), '18:40'),
      customerMinutes: 17800,
      decision: 'yes',
      why: 'Second time in a week, and nobody knew for eleven minutes',
    },
    {
      ...acquirer,
      id: 'INC-3155',
      severity: 'sev3',
      from: clock(workday(5), '19:06'),
      to: clock(workday(5), '19:15'),
      customerMinutes: 4300,
    },
    {
      ...acquirer,
      id: 'INC-3185',
      severity: 'sev2',
      from: clock(1, '20:14'),
      to: clock(1, '20:25'),
      customerMinutes: 12900,
    },
  ]
}

const sessions = {
  title: 'Customers logged out after a cache node joined',
  service: 'accounts',
  problemId: 'PRB-38',
  severity: 'sev3',
} as const

function sessionsLost({ clock, workday }: Story): Episode[] {
  return [
    {
      ...sessions,
      id: 'INC-3098',
      from: clock(workday(9), '10:40'),
      to: clock(workday(9), '11:05'),
      customerMinutes: 2200,
    },
    {
      ...sessions,
      id: 'INC-3119',
      from: clock(workday(7), '10:38'),
      to: clock(workday(7), '11:20'),
      customerMinutes: 3900,
    },
    {
      ...sessions,
      id: 'INC-3147',
      from: clock(workday(6), '10:41'),
      to: clock(workday(6), '11:31'),
      customerMinutes: 7600,
      decision: 'yes',
      why: 'Support had 60 calls and no answer to give',
    },
  ]
}

function older({ clock, workday }: Story): Episode[] {
  return [
    {
      id: 'INC-3150',
      title: 'Gift-card orders get their invoice by mail twice',
      service: 'payments',
      problemId: 'PRB-43',
      severity: 'sev3',
      from: clock(workday(6), '13:10'),
      to: null,
      customerMinutes: 2100,
      ownerId: lea,
      class: 'customer',
      source: 'support desk',
    },
    {
      id: 'INC-3163',
      title: 'Nightly price export takes five hours instead of forty minutes',
      service: 'search',
      severity: 'sev4',
      from: clock(workday(2), '11:15'),
      to: null,
      customerMinutes: null,
      ownerId: hanneke,
      class: 'internal',
      source: 'intranet form',
    },
    {
      id: 'INC-3160',
      title: 'Delivery dates a day off after the timetable import',
      service: 'checkout',
      severity: 'sev3',
      from: clock(workday(2), '10:20'),
      to: clock(workday(2), '14:45'),
      customerMinutes: 5200,
      decision: 'later',
      why: 'Wait for the carrier to answer',
    },
  ]
}
