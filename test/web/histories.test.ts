import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { findIncident } from '../../src/record/incidents.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { setRoles } from '../../src/record/roles.ts'
import { saying } from '../../src/record/saying.ts'
import { dice, live } from '../faults/random-life.ts'
import { daysAgo, hoursAgo, inHours, morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { bearer, signedIn } from '../support/signed-in.ts'
import { incident, send, submit, tell, textOf } from './asking.ts'

const later = inHours(1)

test('an incident’s history says in words who changed what, when and why', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3), { severity: 'sev3' })], hoursAgo(3))
  await submit(app, '/incidents/i1/severity', { severity: 'sev1', why: 'customers cannot pay' })

  const page = await textOf(app, '/incidents/i1/history')

  expect(page).toContain('customers cannot pay')
  expect(page).toContain('Severity SEV1')
  expect(page).toContain('<del>sev3</del> <ins>sev1</ins>')
  expect(page).toContain('alertmanager')
})

test('the history tells rows of every shape, and is read back to where it begins', async () => {
  const { app, db } = await openApp()
  await live(db, { operations: 400, remembrances: 1, from: hoursAgo(500), roll: dice(5) })
  const pages: string[] = []
  for (let path: string | undefined = '/history'; path && pages.length < 20; ) {
    const page: string = await textOf(app, path)
    pages.push(page)
    path = /href="(\/history\?before=\d+)"/.exec(page)?.[1]
  }

  expect(pages.length).toBeGreaterThan(1)
  expect(pages.at(-1)).toContain('This is where it begins')
  expect(pages.join('')).toMatch(/new\s+event/)
})

test('what was never there has no history', async () => {
  const { app } = await openApp()

  expect((await app.request('/incidents/none/history')).status).toBe(404)
})

test('one incident is brought back to how it stood, after a look at the difference', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(5), { severity: 'sev2', ownerId: 'lea@example.com' })], hoursAgo(5))
  await saying({ at: hoursAgo(2) }, () => db.orm.run(sql`delete from incident_events`))
  await saying({ at: hoursAgo(2) }, () => db.orm.run(sql`delete from incidents`))
  const to = hoursAgo(3).toISOString()

  const preview = await textOf(app, `/incidents/i1/history?to=${to}`)
  expect(preview).toContain('1 thing would stand otherwise')
  expect(await findIncident(db, 'i1', later)).toBeUndefined()

  const answer = await submit(app, '/incidents/i1/restoration', { to, why: 'deleted by mistake' })
  expect(answer.status).toBe(303)
  expect(await findIncident(db, 'i1', later)).toMatchObject({ severity: 'sev2', ownerId: 'lea@example.com' })
  expect(await textOf(app, '/incidents/i1/history')).toContain('deleted by mistake')
})

test('a restoration without a reason or an instant is refused and changes nothing', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(5))], hoursAgo(5))

  for (const fields of [{ to: hoursAgo(3).toISOString() }, { why: 'so' }, { to: 'yesterday-ish', why: 'so' }])
    expect((await submit(app, '/incidents/i1/restoration', fields as never)).status).toBe(422)
})

test('an import is undone as a whole, and what was said since of its things is left alone', async () => {
  const { app, db } = await openApp()
  const bad = { recordedAt: hoursAgo(4), source: 'import', origin: 'import' as const, class: null }
  for (const n of [1, 2, 3])
    await saying({ why: 'import of bad.csv' }, () => recordFacts(db, [incident(`i${n}`, daysAgo(2))], bad))
  await submit(app, '/incidents/i2/owner', { owner: 'ana@example.com' })
  const rows = await db.orm.values<[number]>(sql`select saving from versions where why = 'import of bad.csv' limit 1`)
  const number = rows[0]?.[0]

  const page = await textOf(app, `/history/${number}`)
  expect(page).toContain('3 changes of the same telling')
  expect(page).toContain('1 thing left as they are')

  await submit(app, `/history/${number}/undoing`, { why: 'wrong file' })
  expect(await Promise.all(['i1', 'i2', 'i3'].map(async (id) => (await findIncident(db, id, later))?.id))).toEqual([
    undefined,
    'i2',
    undefined,
  ])
})

test('a merge is undone, and so is what was edited at once', async () => {
  const { app, db } = await openApp()
  const several = ['i1', 'i2', 'i3'].map((id) => ({ id, title: `${id} broke`, startedAt: hoursAgo(2).toISOString() }))
  await send(app, 'POST', '/api/v1/incidents', several)
  await submit(app, '/incidents/i2/merge', { into: 'i1', why: 'the same cause' })
  const [merging = 0] = await lastSavingOf(db, 'incidents')
  await submit(app, `/history/${merging}/undoing`, { why: 'it was another' })
  expect((await findIncident(db, 'i2', later))?.mergedInto).toBe(null)

  await send(
    app,
    'POST',
    '/api/v1/incidents',
    several.map((one) => ({ ...one, severity: 'sev1' })),
  )
  const [editing = 0] = await lastSavingOf(db, 'incidents')
  await submit(app, `/history/${editing}/undoing`, { why: 'all three were wrong' })
  const grades = several.map(async ({ id }) => (await findIncident(db, id, later))?.severity)
  expect(await Promise.all(grades)).toEqual([null, null, null])
})

test('a table is brought back; deliveries and tokens never are', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(5)), incident('i2', hoursAgo(5))], hoursAgo(5))
  await saying({ at: hoursAgo(2) }, () => db.orm.run(sql`delete from incidents`))
  const to = hoursAgo(3).toISOString()

  expect((await submit(app, '/history/tables/incidents/restoration', { to, why: 'gone' })).status).toBe(303)
  expect((await submit(app, '/history/tables/tokens/restoration', { to, why: 'gone' })).status).toBe(409)
  expect((await db.orm.values(sql`select id from incidents`)).length).toBe(2)
})

test('nothing is brought back from before the record, and there is no page of a table that is none', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(5))], hoursAgo(5))

  const answer = await submit(app, '/incidents/i1/restoration', { to: '1999-01-01T00:00', why: 'long ago' })
  expect([answer.status, (await findIncident(db, 'i1', later))?.id]).toEqual([409, 'i1'])
  expect(await textOf(app, '/incidents/i1/history?to=1999-01-01T00:00')).toContain('Nothing was on the record by')
  expect((await app.request('/history/tables/nothing')).status).toBe(404)
})

test('a page of the past tells it as of then', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(5))], hoursAgo(5))
  await submit(app, '/incidents/i1/notes', { text: 'a later word' })

  expect(await textOf(app, '/incidents/i1/history')).toContain('a later word')
  expect(await textOf(app, `/incidents/i1/history?at=${hoursAgo(1).toISOString()}`)).not.toContain('a later word')
  expect(await textOf(app, '/history')).toContain('a later word')
  expect(morning.getTime()).toBeGreaterThan(0)
})

test('two mornings are laid beside each other: what came, what went, what stands otherwise', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('old', daysAgo(4), { title: 'Old trouble', resolvedAt: daysAgo(3) })], daysAgo(4))
  await tell(db, [incident('new', hoursAgo(3), { title: 'New trouble' })], hoursAgo(3))

  const page = await textOf(app, '/meetings/2026-11-23/difference?with=2026-11-20')

  expect(page).toMatch(/came<\/span> <a href="\/incidents\/new">/)
  expect(page).toMatch(/went<\/span> <a href="\/incidents\/old">/)
  expect((await app.request('/meetings/2026-11-23/difference?with=2026-11-22')).status).toBe(404)
})

test('a page that looks back says so, and leads back to now', async () => {
  const { app } = await openApp()

  const page = await textOf(app, `/incidents?open=yes&at=${daysAgo(3).toISOString()}`)

  expect(page).toContain('This is how it stood')
  expect(page).toContain('<a href="/incidents?open=yes">Back to now</a>')
})

test('who came in and by what is told to administrators alone, and nobody undoes the loss of a role', async () => {
  const { app, db } = await openApp()
  const viewer = await signedIn(db, 'vic@example.com', 'viewer')
  const chair = await signedIn(db, 'fay@example.com', 'facilitator', 'administrator')
  await signedIn(db, 'root@example.com', 'administrator')
  await bearer(db, 'incidents:read')
  await tell(db, [incident('i1', hoursAgo(2))], hoursAgo(2))
  const asAdministrator = await textOf(app, '/history', chair)
  await setRoles(db, 'fay@example.com', ['facilitator'], { at: morning, by: 'root' })
  const [number = 0] = await lastSavingOf(db, 'person_roles')

  expect(asAdministrator).toMatch(/token-made[\s\S]*new[\s\S]*token/)
  expect(await textOf(app, '/history', viewer)).toContain('i1 broke')
  for (const untold of ['token', 'audit', 'role of', 'signed-in'])
    expect((await textOf(app, '/history', viewer)).replace(/href="[^"]*"/g, '')).not.toContain(untold)
  expect((await app.request(`/history/${number}`, { headers: viewer })).status).toBe(404)
  await submit(app, `/history/${number}/undoing`, { why: 'I want it back' }, chair)
  expect(await db.orm.values(sql`select role from person_roles where person_id = 'fay@example.com'`)).toHaveLength(1)
})

test('whoever holds the meeting undoes what is of the meeting; how a tool is read only an administrator', async () => {
  const { app, db } = await openApp()
  const chair = await signedIn(db, 'fay@example.com', 'facilitator')
  await tell(db, [incident('i1', hoursAgo(2))], hoursAgo(2))
  const [telling = 0] = await lastSavingOf(db, 'incidents')
  await saying({ at: hoursAgo(1) }, () => db.orm.run(sql`update sources set silence_ms = 1`))
  const [silencing = 0] = await lastSavingOf(db, 'sources')

  expect((await submit(app, `/history/${silencing}/undoing`, { why: 'so' }, chair)).status).toBe(403)
  expect((await submit(app, `/history/${telling}/undoing`, { why: 'so' }, chair)).status).toBe(303)
  expect(await findIncident(db, 'i1', later)).toBeUndefined()
  expect(await db.orm.values(sql`select name from sources where silence_ms = 1`)).toHaveLength(1)
})

async function lastSavingOf(db: Parameters<typeof tell>[0], table: string): Promise<number[]> {
  const rows = await db.orm.values<[number]>(
    sql`select saving from versions where table_name = ${table} order by number desc limit 1`,
  )
  return rows.map((row) => row[0])
}
