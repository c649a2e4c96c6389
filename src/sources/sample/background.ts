import type { SampleService } from './cast.ts'
import type { Episode } from './incidents.ts'
import { minutesAfter, type Story } from './story.ts'

type Row = readonly [
  days: number,
  time: string,
  minutes: number,
  SampleService,
  'sev2' | 'sev3' | 'sev4',
  customerMinutes: number | null,
  title: string,
  source?: string,
]

/** What any fortnight brings, and nothing in the window of the quiet morning. */
export function background(story: Story): Episode[] {
  const episodes = rows.map((row, index) => episodeOf(story, row, index))
  return episodes.filter(({ from }) => !isQuiet(story, from))
}

/** Between the fourth and the third meeting before today nothing happens. */
function isQuiet({ mornings }: Story, at: Date): boolean {
  const [from, to] = mornings.slice(-4)
  return from !== undefined && to !== undefined && from < at && at <= to
}

function episodeOf(story: Story, row: Row, index: number): Episode {
  const [days, time, minutes, service, severity, customerMinutes, title, source = 'alertmanager'] = row
  const from = story.clock(days, time)
  return {
    id: `INC-${3060 + index}`,
    title,
    service,
    severity,
    from,
    to: minutesAfter(from, minutes),
    customerMinutes,
    source,
  }
}

const rows: readonly Row[] = [
  [13, '02:14', 21, 'search', 'sev4', null, 'Indexer 2 of 6 restarts in a loop'],
  [13, '11:47', 34, 'checkout', 'sev3', 3100, 'Cart answers 5xx above 1 % for five minutes'],
  [13, '16:05', 12, 'payments', 'sev4', null, 'Webhook retries to the acquirer above 200 a minute'],
  [12, '04:31', 9, 'accounts', 'sev4', null, 'Disk 88 % full on accounts-db-1', 'nagios'],
  [12, '13:22', 46, 'search', 'sev3', 1900, 'Search p95 latency above 800 ms in fra'],
  [12, '19:50', 17, 'checkout', 'sev3', 2400, 'Voucher field refuses lower-case codes'],
  [11, '03:03', 25, 'payments', 'sev4', null, 'Consumer lag on payments.settled above ten minutes'],
  [11, '10:12', 18, 'accounts', 'sev3', 700, 'Login mails delayed twenty minutes by the relay'],
  [10, '08:20', 55, 'checkout', 'sev2', 22400, 'Checkout fails for guest customers after the schema change'],
  [10, '15:41', 14, 'search', 'sev4', null, 'Synonym file 40 h old'],
  [9, '05:17', 31, 'payments', 'sev4', null, 'Clock of pay-fra-4 is 900 ms behind', 'nagios'],
  [9, '17:33', 22, 'search', 'sev3', 1500, 'Search p95 latency above 800 ms in fra'],
  [8, '01:45', 38, 'accounts', 'sev4', null, 'Replica of accounts-db lags 95 s'],
  [8, '12:26', 19, 'checkout', 'sev3', 2800, 'Delivery slots empty for postcodes beginning with 0'],
  [7, '06:58', 27, 'search', 'sev4', null, 'Indexer 5 of 6 restarts in a loop'],
  [7, '14:09', 11, 'payments', 'sev3', 3300, 'Direct debit mandates rejected by one bank'],
  [6, '02:52', 44, 'accounts', 'sev4', null, 'Disk 90 % full on accounts-db-1', 'nagios'],
  [6, '09:48', 16, 'checkout', 'sev3', 1700, 'Price on the product page differs from the cart'],
  [5, '03:12', 13, 'payments', 'sev4', null, 'Certificate check of the acquirer link timed out once', 'nagios'],
  [5, '20:27', 33, 'search', 'sev3', 2100, 'Search p95 latency above 800 ms in ams'],
  [4, '07:15', 20, 'accounts', 'sev4', null, 'Password reset queue above 500'],
  [3, '18:36', 24, 'checkout', 'sev3', 1900, 'Cart answers 5xx above 1 % for five minutes'],
  [2, '04:40', 15, 'search', 'sev4', null, 'Indexer 1 of 6 restarts in a loop'],
  [2, '12:51', 29, 'payments', 'sev3', 2600, 'Invoice PDFs arrive without a total'],
]
