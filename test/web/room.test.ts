import { expect, test } from 'vitest'
import { aMinute, anHour } from '../../src/calendar.ts'
import { passToDeputies } from '../../src/meeting/hand-over.ts'
import { handOversOf } from '../../src/record/hand-overs.ts'
import { findIncident, incidentTimeline } from '../../src/record/incidents.ts'
import { findMeetingState, meetingEventsOf } from '../../src/record/meeting-events.ts'
import { findMeeting } from '../../src/record/meetings.ts'
import { versions } from '../../src/record/schema.ts'
import { anAlert, ana, diego, lea, mirembe, openRoom } from '../support/a-room.ts'
import { hoursAgo, inHours } from '../support/morning.ts'
import { aloneSince, jsonIn, submit, textOf } from './asking.ts'

const day = '2026-11-23'
const at = (path: string) => `/meetings/${day}/${path}`
const as = (person: string) => ({ cookie: `me=${person}` })

async function started(facts: Parameters<typeof openRoom>[0] = []) {
  const room = await openRoom(facts)
  await submit(room.app, at('opening'), {}, as(ana))
  const screen = async () => (await findMeetingState(room.db, day)).screen
  const move = (to: string, from?: string) => submit(room.app, at('screen'), { to, ...(from && { from }) }, as(ana))
  return { ...room, screen, move }
}

test('before the meeting whoever leads sees what can still be mended, and starts it with one button', async () => {
  const { app } = await openRoom([anAlert('INC-1', hoursAgo(3))])
  const before = await textOf(app, at('run'), as(ana))

  const response = await submit(app, at('opening'), { back: at('run') }, as(ana))

  expect(before).toContain('INC-1 broke')
  expect(before).toContain('nobody of customer support is here yet')
  expect(response.headers.get('location')).toBe(at('run'))
  expect(await textOf(app, at('run'), as(ana))).toContain('Roll call')
})

test('starting freezes the cut-off, notes who leads, and gives the phones a code', async () => {
  const { app, db, clock } = await started()
  const opened = clock.at
  clock.at = inHours(0.1)
  await submit(app, at('opening'), {}, as(diego))

  expect((await findMeeting(db, day))?.cutOff).toEqual(opened)
  expect(await findMeetingState(db, day)).toMatchObject({
    facilitatorId: ana,
    joinCode: expect.stringMatching(/^[A-Z2-9]{6}$/),
    screen: 'roll-call',
  })
})

test('the room agrees who leads and writes, and goes through its own checklist, each step where it is done', async () => {
  const { app, db, move } = await started()
  const lap = await textOf(app, at('run'), as(ana))

  await submit(
    app,
    at('parts'),
    { facilitator: diego, scribe: lea, 'seen.facilitator': ana, 'seen.scribe': '' },
    as(ana),
  )
  const late = await submit(app, at('parts'), { facilitator: mirembe, 'seen.facilitator': ana }, as(mirembe))
  const stranger = await submit(app, at('parts'), { scribe: 'nobody@example.com' }, as(ana))
  await submit(app, at('ticks'), { step: 'Phones have joined' }, as(ana))
  const other = await submit(app, at('ticks'), { step: 'Phones have joined', skipped: 'no phones' }, as(lea))
  await move('close')
  const close = await textOf(app, at('run'), as(ana))

  expect(lap).toContain('Phones have joined')
  expect([late.status, stranger.status, other.status]).toEqual([409, 422, 409])
  expect(await findMeetingState(db, day)).toMatchObject({ facilitatorId: diego, scribeId: lea })
  expect(close).not.toContain('Phones have joined')
  expect(close).toContain('Somebody asks after each silent feed')
  expect(close).toMatch(/Next meeting <b>tomorrow 09:00/)
})

test('of two answers to what the floor raised the second is not lost unseen', async () => {
  const { app, db } = await started()
  await submit(app, at('raised'), { text: 'Why no drill?' }, as(lea))
  const [{ number = 0 } = {}] = (await findMeetingState(db, day)).raised
  const answer = (answer: string) => submit(app, at('answers'), { number: `${number}`, answer }, as(ana))

  const [first, same, second] = [await answer('On Friday'), await answer('On Friday'), await answer('Never')]

  expect([first.status, same.status, second.status]).toEqual([303, 303, 409])
  expect(await second.text()).toContain('It stands: On Friday. You wanted: Never')
})

test('the wall follows whoever leads, and shows no buttons', async () => {
  const { app, move } = await started([anAlert('INC-1', hoursAgo(3))])
  await move('incidents/incident INC-1', 'roll-call')

  const [wall, lap] = [await textOf(app, at('projector')), await textOf(app, at('run'), as(ana))]

  for (const page of [wall, lap]) expect(page).toContain('INC-1 broke')
  expect(lap).toContain('data-key="y"')
  expect(wall).not.toContain('data-key="y"')
})

test('of two who lead the quicker one moves the room; the other is shown where it is', async () => {
  const { move, screen } = await started([anAlert('INC-1', hoursAgo(3))])
  await move('right-now', 'roll-call')

  await move('right-now', 'roll-call')
  await move('actions', 'roll-call')

  expect(await screen()).toBe('right-now')
})

test('a laptop that dies takes nothing with it: another one goes on from the same screen', async () => {
  const { app, move } = await started([anAlert('INC-1', hoursAgo(3))])
  await move('problems')

  expect(await textOf(app, at('run'), as(diego))).toContain('<h1>Problems')
})

test('three keys settle an incident and the room goes on by itself', async () => {
  const { app, db, move, screen } = await started([
    anAlert('INC-1', hoursAgo(3), { severity: 'sev1' }),
    anAlert('INC-2', hoursAgo(2), { severity: 'sev3' }),
  ])
  await move('incidents/incident INC-1')
  const press = (fields: Record<string, string>) =>
    submit(app, at('cards/INC-1'), { from: 'incidents/incident INC-1', ...fields }, as(ana))

  await press({ owner: diego })
  await press({ title: 'Search is too small' })
  await press({ decision: 'yes' })

  expect(await findIncident(db, 'INC-1')).toMatchObject({
    ownerId: diego,
    postmortem: 'yes',
    problemIds: [expect.anything()],
  })
  expect(await screen()).toBe('incidents/incident INC-2')
})

test('a double click on a decision is one decision, and moves the room once', async () => {
  const { app, db, move, screen } = await started(
    ['INC-1', 'INC-2', 'INC-3'].map((id) => anAlert(id, hoursAgo(3), { severity: 'sev2', ownerId: diego })),
  )
  await move('incidents/incident INC-1')
  const click = () => submit(app, at('cards/INC-1'), { decision: 'no', from: 'incidents/incident INC-1' }, as(ana))

  await Promise.all([click(), click()])
  await click()

  expect((await incidentTimeline(db, 'INC-1')).filter(({ kind }) => kind === 'postmortem')).toHaveLength(1)
  expect(await screen()).toBe('incidents/incident INC-2')
})

test('two who decide on the same incident: the second sees both versions, and nothing is overwritten unseen', async () => {
  const { app, db } = await started([anAlert('INC-1', hoursAgo(3))])
  await submit(app, at('cards/INC-1'), { owner: diego }, as(ana))

  const second = await submit(app, at('cards/INC-1'), { owner: lea, 'seen.owner': '' }, as(mirembe))
  const page = await second.text()

  expect(second.status).toBe(409)
  expect(page).toContain(diego)
  expect(page).toContain(lea)
  expect(await findIncident(db, 'INC-1')).toMatchObject({ ownerId: diego })

  await submit(app, at('cards/INC-1'), { owner: lea, 'seen.owner': diego }, as(mirembe))
  expect(await findIncident(db, 'INC-1')).toMatchObject({ ownerId: lea })
})

test('many alarms alike are decided together', async () => {
  const alarms = Array.from({ length: 60 }, (_, index) =>
    anAlert(`INC-${index}`, hoursAgo(3 + index / 100), { title: `Disk full on db-${index}`, severity: 'sev3' }),
  )
  const { app, db } = await started(alarms)
  const [gravest] = /cards\/(INC-\d+)/.exec(await textOf(app, at('run/incidents'), as(ana))) ?? []

  await submit(app, at(`cards/${gravest?.split('/')[1] ?? 'INC-59'}`), { owner: diego }, as(ana))

  const owners = await Promise.all(alarms.map((_, index) => findIncident(db, `INC-${index}`)))
  expect(new Set(owners.map((incident) => incident?.ownerId))).toEqual(new Set([diego]))
})

test('what is parked today is first in its section tomorrow, until the room takes it up', async () => {
  const { app, clock } = await started([
    anAlert('INC-1', hoursAgo(9), { severity: 'sev1', ownerId: diego }),
    anAlert('INC-2', hoursAgo(3), { severity: 'sev4', ownerId: diego }),
  ])
  await submit(app, at('parking'), { subject: 'incident INC-2', why: 'no time' }, as(ana))
  await submit(app, at('adjournment'), { why: 'a test' }, as(ana))
  clock.at = inHours(24)
  await submit(app, '/meetings/2026-11-24/opening', {}, as(ana))
  const open = await textOf(app, '/meetings/2026-11-24/run/still-open', as(ana))

  expect(open.indexOf('INC-2 broke')).toBeLessThan(open.indexOf('INC-1 broke'))
  expect(open).toContain('Parked Mon 23 Nov')
})

test('whoever is on the floor raises something and it stands on the wall; without a name no id is kept anywhere', async () => {
  const { app, db, move } = await started()
  await submit(app, at('raised'), { text: 'The status page still says green', unnamed: 'yes' }, as(mirembe))
  await move('voices')

  const [said] = (await meetingEventsOf(db, day)).filter(({ kind }) => kind === 'raised')
  const past = await db.orm.select().from(versions)
  expect(await textOf(app, at('projector'))).toContain('The status page still says green')
  expect(said).toMatchObject({ by: '', value: 'The status page still says green' })
  expect(
    past.filter(({ became, by }) => `${became}${by}`.includes('status page') && `${became}${by}`.includes(mirembe)),
  ).toEqual([])
  expect(past.filter(({ became }) => became?.includes('status page')).map(({ by }) => by)).toEqual([''])
})

test('a decision is challenged from a phone, and the card says so', async () => {
  const { app, move } = await started([anAlert('INC-1', hoursAgo(3))])
  await submit(app, at('cards/INC-1'), { decision: 'no' }, as(ana))
  const sentence = 'Postmortem on “INC-1 broke” (INC-1): no.'

  expect(await textOf(app, '/join', as(diego))).toContain(sentence)
  await submit(app, at('raised'), { about: sentence, text: 'It struck twice' }, as(diego))
  await move('incidents/incident INC-1')

  expect(await textOf(app, at('projector'))).toContain('It struck twice')
})

test('a hand-over goes to one named person: a team is refused', async () => {
  const { app } = await started()
  const given = { issue: 'Replica lags', noticed: 'by the alarm', plan: 'rebuild it' }

  const team = await submit(
    app,
    at('hand-overs'),
    { to: 'the team', ...given },
    { ...as(ana), accept: 'application/json' },
  )
  const person = await submit(app, at('hand-overs'), { to: 'Diego Salvatierra', ...given }, as(ana))

  expect(team.status).toBe(422)
  expect(person.status).toBe(303)
})

test('it is nobody’s until that person says yes, on their phone; then the thing is theirs and the name turns green', async () => {
  const { app, db, move } = await started([anAlert('INC-1', hoursAgo(3))])
  const subject = { kind: 'incident', id: 'INC-1' }
  await submit(app, at('hand-overs'), { to: diego, issue: 'INC-1', plan: 'roll back', ...subject }, as(ana))
  const [given] = await handOversOf(db, day)
  await move('read-back')
  const waiting = await textOf(app, at('projector'))

  const another = await submit(app, `/hand-overs/${given?.id}/acceptance`, {}, as(lea))
  await submit(app, `/hand-overs/${given?.id}/acceptance`, {}, as(diego))
  const again = await submit(app, `/hand-overs/${given?.id}/acceptance`, {}, as(diego))

  expect(waiting).toContain('class="waiting"')
  expect(another.status).toBe(403)
  expect(again.status).toBe(303)
  expect(await findIncident(db, 'INC-1')).toMatchObject({ ownerId: diego })
  expect(await textOf(app, at('projector'))).toContain('class="yes"')
})

test('returned with a reason it is nobody’s again, and blocks a clean close', async () => {
  const { app, db } = await started()
  await submit(app, at('hand-overs'), { to: diego, issue: 'Replica lags', plan: 'rebuild' }, as(ana))
  const [given] = await handOversOf(db, day)

  await submit(app, `/hand-overs/${given?.id}/return`, { why: 'I am on holiday' }, as(diego))
  const refused = await submit(app, at('adjournment'), {}, { ...as(ana), accept: 'application/json' })

  expect(refused.status).toBe(409)
  expect((await jsonIn(refused)).offenders).toContainEqual({ kind: 'hand-over', id: given?.id, title: 'Replica lags' })
})

test('after half an hour without an answer it goes to the deputy, who may say yes', async () => {
  const { app, db, clock, pass } = await started()
  await submit(app, at('hand-overs'), { to: diego, issue: 'Replica lags', plan: 'rebuild' }, as(ana))

  pass(29 * aMinute)
  await passToDeputies(db, clock.at)
  const early = await handOversOf(db, day)
  pass(2 * aMinute)
  await passToDeputies(db, clock.at)
  const [late] = await handOversOf(db, day)

  expect(early[0]?.deputyId).toBeNull()
  expect(late?.deputyId).toBe(lea)
  expect((await submit(app, `/hand-overs/${late?.id}/acceptance`, {}, as(lea))).status).toBe(303)
})

test('an open sev1 without an outage manager is red; swapping after three hours needs a note', async () => {
  const { app, move, pass } = await started([anAlert('INC-1', hoursAgo(1), { severity: 'sev1', ownerId: diego })])
  await move('right-now')
  const before = await textOf(app, at('projector'))
  await submit(app, '/incidents/INC-1/outage-manager', { person: ana }, as(ana))
  await submit(app, '/incidents/INC-1/promises', { what: 'status page', due: '2026-11-23 09:30' }, as(ana))
  await move('incidents/incident INC-1')
  pass(3 * anHour)
  const tired = await textOf(app, at('projector'))
  const bare = await submit(app, '/incidents/INC-1/outage-manager', { person: diego }, as(ana))
  const told = await submit(app, '/incidents/INC-1/outage-manager', { person: diego, note: 'cache is next' }, as(ana))

  expect(before).toContain('No outage manager')
  expect(tired).toContain('swap?')
  expect(tired).toContain('status page')
  expect(tired).toContain('overdue')
  expect([bare.status, told.status]).toEqual([422, 303])
})

test('a checklist survives: done by whom, or left out and why', async () => {
  const { app, db } = await started([anAlert('INC-1', hoursAgo(1), { severity: 'sev1' })])
  await submit(app, '/incidents/INC-1/ticks', { step: 'Lock deploys' }, as(ana))
  await submit(app, '/incidents/INC-1/ticks', { step: 'Lock deploys' }, as(ana))
  await submit(app, '/incidents/INC-1/ticks', { step: 'Can we roll back?', skipped: 'no deploy before it' }, as(ana))

  const ticks = (await incidentTimeline(db, 'INC-1')).filter(({ kind }) => kind === 'checked' || kind === 'skipped')
  expect(ticks.map(({ kind, value, why, by }) => [kind, value, why, by])).toEqual([
    ['checked', 'Lock deploys', '', ana],
    ['skipped', 'Can we roll back?', 'no deploy before it', ana],
  ])
})

test('severity and customer-minutes are corrected in place, the beginning back-dated', async () => {
  const { app, db } = await started([anAlert('INC-1', hoursAgo(3), { severity: 'sev4' })])
  const corrected = { severity: 'sev2', customerMinutes: '1200', startedAt: '2026-11-23 02:10' }

  await submit(app, '/incidents/INC-1/correction', corrected, as(ana))

  expect(await findIncident(db, 'INC-1')).toMatchObject({
    severity: 'sev2',
    customerMinutes: 1200,
    startedAt: new Date('2026-11-23T01:10:00Z'),
  })
})

test('while a sev1 is open the wall says that deploys are locked', async () => {
  const { app } = await started([
    anAlert('INC-1', hoursAgo(1), { severity: 'sev1' }),
    ...aloneSince('search', hoursAgo(9)),
  ])

  expect(await textOf(app, at('projector'))).toContain('locked: INC-1')
})

test('a change under way is held, goes on or is watched; a complaint is made the incident it is linked to', async () => {
  const { app, db, move } = await started([
    {
      kind: 'change',
      id: 'CHG-1',
      at: hoursAgo(2),
      what: 'new ranking',
      service: 'search',
      site: null,
      who: null,
      url: null,
      type: null,
    },
  ])
  const complaint =
    (await submit(app, '/complaints', { line: '3 customers cannot search' }, as(ana))).headers.get('location') ?? ''

  await submit(app, '/changes/CHG-1/course', { course: 'hold', why: 'until the peak is over' }, as(ana))
  const unknown = await submit(app, '/changes/CHG-1/course', { course: 'cheer' }, as(ana))
  const id = complaint.split('/').at(-1) ?? ''
  const made = { line: 'Search fails', complaint: decodeURIComponent(id) }
  const incident = (await submit(app, '/incidents', made, as(ana))).headers.get('location') ?? ''
  await move('read-back')

  expect(unknown.status).toBe(422)
  expect(await textOf(app, at('projector'))).toContain('Change “new ranking”: hold it, because until the peak is over.')
  expect(await textOf(app, complaint)).toContain(incident)
  expect((await findMeetingState(db, day)).screen).toBe('read-back')
})
