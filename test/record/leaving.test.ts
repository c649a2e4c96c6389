import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { buildAgenda } from '../../src/agenda/agenda.ts'
import { listAudit } from '../../src/record/audit.ts'
import { beginning, firstBreak, versionsAfter } from '../../src/record/chain.ts'
import type { Db } from '../../src/record/db.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import { forgetPerson } from '../../src/record/forgetting.ts'
import { incidentTimeline } from '../../src/record/incidents.ts'
import { closePerson } from '../../src/record/leaving.ts'
import { allPeople } from '../../src/record/people.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { setRoles } from '../../src/record/roles.ts'
import { hoursAgo, minutesAgo, morning, rhythm } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aPersonWith, signedIn } from '../support/signed-in.ts'

const voice = { at: minutesAgo(30), by: 'boss@example.com' }

test('what somebody owned is nobody’s once they have left, and comes back to the agenda', async () => {
  const { db } = await openTestRecord()
  const ana = await someoneWithAPast(db)
  expect((await agendaOf(db)).counts.incidents.unowned).toBe(0)

  await closePerson(db, ana, voice)

  const { counts, sections } = await agendaOf(db)
  expect(counts.incidents.unowned).toBe(1)
  expect(sections.flatMap(({ items }) => items).find(({ title }) => title === 'Checkout broke')?.ownerId).toBeNull()
})

test('the last administrator stays, in the house and in the part', async () => {
  const { db } = await openTestRecord()
  await aPersonWith(db, 'boss@example.com', ['administrator'])
  const [boss] = await allPeople(db)
  if (!boss) throw new Error('nobody is there')

  expect(await closePerson(db, boss, voice)).toEqual({ outcome: 'the last administrator' })
  expect(await setRoles(db, boss.id, ['viewer'], voice)).toEqual({ outcome: 'the last administrator' })
  await aPersonWith(db, 'other@example.com', ['administrator'])
  expect(await setRoles(db, boss.id, ['viewer'], voice)).toEqual({ outcome: 'appointed' })
})

test('nobody can tell any more who was forgotten: not the record, not its past, not what was delivered', async () => {
  const { db } = await openTestRecord()
  const ana = await someoneWithAPast(db)
  expect(await placesNaming(db, 'ana.ito@example.com')).not.toEqual([])
  await closePerson(db, ana, voice)

  const pseudonym = await forgetPerson(db, ana, voice)

  expect(await placesNaming(db, 'ana.ito@example.com')).toEqual([])
  expect(await placesNaming(db, 'ana%40example')).toEqual([])
  expect(await placesNaming(db, 'Ana Ito')).toEqual([])
  expect(await placesNaming(db, 'joana.ito@example.com')).not.toEqual([])
  const timeline = await incidentTimeline(db, 'i1')
  expect(timeline.find(({ kind }) => kind === 'assigned')).toMatchObject({ value: pseudonym })
  expect((await allPeople(db)).find(({ id }) => id === pseudonym)).toMatchObject({ name: pseudonym, email: '' })
})

test('the past is chained anew behind the pseudonym, and goes on', async () => {
  const { db } = await openTestRecord()
  const ana = await someoneWithAPast(db)
  await closePerson(db, ana, voice)
  const before = await versionsAfter(db, 0, 10_000)

  await forgetPerson(db, ana, voice)
  await aPersonWith(db, 'new@example.com', ['viewer'])

  const after = await versionsAfter(db, 0, 10_000)
  expect(firstBreak(beginning, after)).toBeNull()
  expect(after.length).toBeGreaterThan(before.length)
  expect(after.slice(0, before.length).map(({ hash }) => hash)).not.toEqual(before.map(({ hash }) => hash))
  await expect(db.orm.run(sql`update versions set by = 'mallory' where number = 1`)).rejects.toThrow()
  expect((await listAudit(db, { limit: 1 }))[0]).toMatchObject({ what: 'roles', subject: 'new@example.com' })
})

test('who shares a name keeps it', async () => {
  const { db } = await openTestRecord()
  const ana = await someoneWithAPast(db)
  await tellPerson(db, { name: 'Ana Ito', email: 'other@example.com' })
  await closePerson(db, ana, voice)

  await forgetPerson(db, ana, voice)

  expect((await allPeople(db)).find(({ id }) => id === 'other@example.com')).toMatchObject({ name: 'Ana Ito' })
})

async function someoneWithAPast(db: Db) {
  await signedIn(db, 'boss@example.com', 'administrator')
  await tellPerson(db, { name: 'Ana Ito', email: 'ana.ito@example.com' })
  await tellPerson(db, { name: 'Jo', email: 'joana.ito@example.com', deputy: 'ana.ito@example.com' })
  const at = hoursAgo(3)
  const telling = { recordedAt: at, source: 'room', origin: 'room', class: null, by: 'ana.ito@example.com' } as const
  const event = { kind: 'incident-event', incidentId: 'i1', by: 'ana.ito@example.com' } as const
  await recordFacts(
    db,
    [
      { kind: 'incident', id: 'i1', at, told: { title: 'Checkout broke', startedAt: at, service: 'checkout' } },
      { kind: 'incident', id: 'i2', at, told: { title: 'Told', startedAt: at, ownerId: 'Ana Ito', resolvedAt: at } },
      { ...event, at: hoursAgo(2), event: 'assigned', value: 'ana.ito@example.com' },
      {
        ...event,
        at: hoursAgo(1),
        event: 'note',
        value: 'Ask Ana Ito <ANA.ITO@example.com>, or joana.ito@example.com',
      },
    ],
    telling,
  )
  await db.orm.run(sql`insert into deliveries (id, source, received_at, body)
    values ('d1', 'x', 1, cast('{"user":"ana.ito@example.com","q":"ana.ito%40example.com"}' as blob))`)
  const ana = (await allPeople(db)).find(({ id }) => id === 'ana.ito@example.com')
  if (!ana) throw new Error('she is not there')
  return ana
}

function tellPerson(db: Db, told: { name: string; email: string; deputy?: string }) {
  const person = { kind: 'person', role: null, function: null, zone: null, deputy: null, ...told } as const
  return recordFacts(db, [person], { recordedAt: hoursAgo(5), source: 'room', origin: 'room', class: null })
}

async function agendaOf(db: Db) {
  return buildAgenda(await gatherFacts(db, { at: morning, rhythm }))
}

/** Tables and columns in which a word stands, by the schema of the database itself. */
async function placesNaming(db: Db, word: string): Promise<string[]> {
  const columns = await db.orm.values<[string, string]>(
    sql`select m.name, c.name from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table'`,
  )
  const found = await Promise.all(
    columns.map(async (place) => {
      const [table, column] = [place[0], place[1]]
      const [row] = await db.orm.values<[number]>(
        sql`select count(*) from ${sql.identifier(table)}
          where instr(' ' || lower(cast(${sql.identifier(column)} as text)), lower(${word})) > 0
            and instr(lower(cast(${sql.identifier(column)} as text)), ${`jo${word.toLowerCase()}`}) = 0`,
      )
      return (row?.[0] ?? 0) > 0 ? [`${table}.${column}`] : []
    }),
  )
  return found.flat()
}
