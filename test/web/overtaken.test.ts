import { expect, test } from 'vitest'
import { findIncident, incidentTimeline } from '../../src/record/incidents.ts'
import { anAlert, ana, diego, lea, mirembe, openRoom } from '../support/a-room.ts'
import { hoursAgo } from '../support/morning.ts'
import { aloneSince, jsonIn, send, submit, textOf } from './asking.ts'

const as = (person: string) => ({ cookie: `me=${person}` })
const alone = `search@${hoursAgo(9).toISOString()}`

/** One of each kind. */
function aHouse() {
  const deploy = {
    kind: 'change',
    at: hoursAgo(5),
    service: 'search',
    site: null,
    who: null,
    url: null,
    type: null,
  } as const
  return openRoom([
    ...aloneSince('search', hoursAgo(9)),
    anAlert('INC-1', hoursAgo(4)),
    anAlert('INC-4', hoursAgo(9)),
    anAlert('INC-2', hoursAgo(4), { service: 'mail', severity: 'sev1' }),
    anAlert('INC-3', hoursAgo(4), { service: 'mail' }),
    { ...deploy, id: 'CHG-1', what: 'deploy 4.2' },
    { ...deploy, id: 'CHG-2', what: 'deploy 4.3' },
    { kind: 'problem', id: 'PRB-1', at: hoursAgo(90), told: { title: 'Search is small', openedAt: hoursAgo(90) } },
    {
      kind: 'action',
      id: 'ACT-1',
      at: hoursAgo(90),
      told: { title: 'Buy disks', dueAt: null, originKind: null, originId: null },
    },
    { kind: 'action-event', actionId: 'ACT-1', at: hoursAgo(90), event: 'opened', by: ana },
  ])
}

/** The hidden words of the form of a page that goes to `action`, as a browser would send them. */
function hiddenIn(page: string, action: string): Record<string, string> {
  const [, form = ''] = page.split(`action="${action}"`)
  const inputs = form.split('</form>')[0]?.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g) ?? []
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]))
}

interface Row {
  page: string
  deed: string
  first: Record<string, string>
  second: Record<string, string>
  shows: [stands: string, wanted: string]
}
const rows: Row[] = [
  {
    page: '/incidents/INC-1',
    deed: 'owner',
    first: { owner: diego },
    second: { owner: 'Lea Okafor' },
    shows: ['Diego Salvatierra', 'Lea Okafor'],
  },
  {
    page: '/incidents/INC-1',
    deed: 'severity',
    first: { severity: 'sev1' },
    second: { severity: 'sev3' },
    shows: ['SEV1', 'SEV3'],
  },
  {
    page: '/incidents/INC-1',
    deed: 'postmortem',
    first: { decision: 'no' },
    second: { decision: 'yes' },
    shows: ['no', 'yes'],
  },
  {
    page: '/incidents/INC-1',
    deed: 'postmortem/session',
    first: { for: '2026-11-25T10:00' },
    second: { for: '2026-11-26T11:00' },
    shows: ['25 Nov 10:00', '26 Nov 11:00'],
  },
  {
    page: '/incidents/INC-1',
    deed: 'cause',
    first: { change: 'CHG-1' },
    second: { change: 'none' },
    shows: ['deploy 4.2', 'none of the changes'],
  },
  {
    page: '/incidents/INC-2',
    deed: 'outage-manager',
    first: { person: diego },
    second: { person: lea, note: 'n' },
    shows: ['Diego Salvatierra', 'Lea Okafor'],
  },
  { page: '/incidents/INC-3', deed: 'closing', first: {}, second: {}, shows: ['closed', 'resolved'] },
  {
    page: '/problems/PRB-1',
    deed: 'owner',
    first: { owner: diego },
    second: { owner: lea },
    shows: ['Diego Salvatierra', 'Lea Okafor'],
  },
  {
    page: '/problems/PRB-1',
    deed: 'state',
    first: { state: 'closed' },
    second: { state: 'known-error' },
    shows: ['closed', 'cause known'],
  },
  {
    page: `/exposures/${encodeURIComponent(alone)}`,
    deed: 'owner',
    first: { owner: diego },
    second: { owner: lea },
    shows: ['Diego Salvatierra', 'Lea Okafor'],
  },
  {
    page: `/exposures/${encodeURIComponent(alone)}`,
    deed: 'plan',
    first: { plan: 'rebuild ams' },
    second: { plan: 'move to par' },
    shows: ['rebuild ams', 'move to par'],
  },
  {
    page: `/exposures/${encodeURIComponent(alone)}`,
    deed: 'eta',
    first: { eta: '2026-11-23T12:00' },
    second: { eta: '2026-11-24T13:30' },
    shows: ['23 Nov 12:00', '24 Nov 13:30'],
  },
  {
    page: '/actions/ACT-1',
    deed: 'owner',
    first: { owner: diego },
    second: { owner: lea },
    shows: ['Diego Salvatierra', 'Lea Okafor'],
  },
  {
    page: '/actions/ACT-1',
    deed: 'due',
    first: { due: '2026-11-25' },
    second: { due: '2026-11-27' },
    shows: ['25 Nov', '27 Nov'],
  },
  { page: '/actions/ACT-1', deed: 'dropping', first: { why: 'too dear' }, second: {}, shows: ['dropped', 'done'] },
]

test('of two who decide on the same thing the second sees both versions, and nothing is overwritten unseen', async () => {
  const { app } = await aHouse()
  for (const { page, deed, first, second, shows } of rows) {
    const later = { closing: 'resolution', dropping: 'completion' }[deed] ?? deed
    const mine = hiddenIn(await textOf(app, page, as(mirembe)), `${page}/${later}`)
    const theirs = hiddenIn(await textOf(app, page, as(ana)), `${page}/${deed}`)

    const quick = await submit(app, `${page}/${deed}`, { ...theirs, ...first }, as(ana))
    const late = await submit(app, `${page}/${later}`, { ...mine, ...second }, as(mirembe))
    const both = await late.text()
    const again = await submit(
      app,
      `${page}/${later}`,
      { ...hiddenIn(both, `${page}/${later}`), ...second },
      as(mirembe),
    )

    expect([`${page}/${deed}`, quick.status, late.status, again.status]).toEqual([`${page}/${deed}`, 303, 409, 303])
    const versions = [...both.matchAll(/<dd><bdi>([^<]*)/g)].map(([, told]) => told)
    expect(versions).toEqual(shows.map((version) => expect.stringContaining(version)))
  }
})

test('what both want alike is no quarrel, and a script that does not say what it saw is not asked', async () => {
  const { app } = await aHouse()
  await submit(app, '/incidents/INC-2/owner', { owner: diego }, as(ana))

  const alike = await submit(app, '/incidents/INC-2/owner', { owner: 'diego salvatierra', 'seen.owner': '' }, as(lea))
  const script = await submit(app, '/incidents/INC-2/owner', { owner: lea })

  expect([alike.status, script.status]).toEqual([303, 303])
})

test('a correction leaves what its form left, and shows both of what it does not', async () => {
  const { app, db } = await aHouse()
  const seen = { 'seen.severity': 'sev2', 'seen.customerMinutes': '' }
  await submit(app, '/incidents/INC-2/correction', { severity: 'sev1', customerMinutes: '900' }, as(ana))

  const left = { severity: 'sev2', customerMinutes: '900', ...seen }
  const late = await submit(app, '/incidents/INC-2/correction', { ...left, customerMinutes: '70' }, as(lea))
  const same = await submit(app, '/incidents/INC-2/correction', left, as(lea))

  expect([late.status, same.status]).toEqual([409, 303])
  expect(await late.text()).toMatch(/900[\s\S]*70/)
  expect(await findIncident(db, 'INC-2')).toMatchObject({ severity: 'sev1', customerMinutes: 900 })
})

test('a correction neither ends before it began, nor ends what still runs on one site', async () => {
  const { app } = await aHouse()
  const correct = (fields: Record<string, string>) => submit(app, '/incidents/INC-4/correction', fields)

  expect((await correct({ resolvedAt: '2026-11-22 01:00' })).status).toBe(422)
  expect((await correct({ startedAt: '2026-11-24 01:00' })).status).toBe(422)
  expect((await correct({ resolvedAt: '2026-11-23 08:00' })).status).toBe(409)
})

test('of each pair that decides in the same instant one is told of the other', async () => {
  const { app, db } = await aHouse()
  const standing = async () => (await findIncident(db, 'INC-3'))?.severity ?? ''
  const ends: number[][] = []
  const pairs = Number(process.env.PAIRS ?? 15)
  for (let round = 0; round < pairs; round++) {
    const seen = { 'seen.severity': await standing() }
    const [one, other] = ['sev1', 'sev2', 'sev3', 'sev4'].filter((severity) => severity !== seen['seen.severity'])
    const both = [one, other].map((severity = '') => submit(app, '/incidents/INC-3/severity', { severity, ...seen }))
    ends.push((await Promise.all(both)).map(({ status }) => status).toSorted())
  }

  expect(ends.filter(([kept, told]) => kept === 303 && told === 409)).toHaveLength(pairs)
  expect((await incidentTimeline(db, 'INC-3')).filter(({ kind }) => kind === 'severity')).not.toHaveLength(0)
})

test('of two programs that patch the same row at once one gets both versions', async () => {
  const { app } = await aHouse()
  const etag = (await app.request('/api/v1/problems/PRB-1')).headers.get('etag') ?? ''
  const patch = (owner: string) => send(app, 'PATCH', '/api/v1/problems/PRB-1', { owner }, { 'if-match': etag })

  const both = await Promise.all([patch(mirembe), patch(ana)])

  const [kept, told] = both.toSorted((a, b) => a.status - b.status)
  expect([kept?.status, told?.status]).toEqual([200, 412])
  expect(await jsonIn(told as Response)).toMatchObject({
    stands: { owner: (await jsonIn(kept as Response)).owner },
    wanted: { owner: expect.anything() },
  })
})
