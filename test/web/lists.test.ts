import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { fillDemo } from '../../src/commands/demo.ts'
import type { Fact } from '../../src/record/fact.ts'
import { hoursAgo, inHours, minutesAgo, morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, submit, tell, textOf } from './asking.ts'

test('a list is searched and filtered by its address', async () => {
  const { app, db } = await openApp()
  await tell(db, [
    incident('a', hoursAgo(5), { title: 'Search answers slowly', ownerId: 'ana' }),
    incident('b', hoursAgo(30), { title: 'Cart is empty', service: 'cart', resolvedAt: hoursAgo(29) }),
  ])
  const titlesAt = async (query: string) => shownIn(await textOf(app, `/incidents?${query}`))

  expect(await titlesAt('')).toEqual(['Search answers slowly', 'Cart is empty'])
  expect(await titlesAt('search=cart')).toEqual(['Cart is empty'])
  expect(await titlesAt('search=%25')).toEqual([])
  expect(await titlesAt('service=search')).toEqual(['Search answers slowly'])
  expect(await titlesAt('owner=ana')).toEqual(['Search answers slowly'])
  expect(await titlesAt('open=true')).toEqual(['Search answers slowly'])
  expect(await titlesAt('open=false')).toEqual(['Cart is empty'])
  expect(await titlesAt('from=2026-11-23')).toEqual(['Search answers slowly'])
  expect(await titlesAt('to=2026-11-22')).toEqual(['Cart is empty'])
  expect(await titlesAt(`at=${hoursAgo(20).toISOString()}`)).toEqual(['Cart is empty'])
  expect((await app.request('/incidents?from=never')).status).toBe(422)
})

test('a long list is read page by page to its end, each row once', async () => {
  const { app, db } = await openApp()
  const ids = Array.from({ length: 120 }, (_, place) => `no-${String(place).padStart(3, '0')}`)
  await tell(
    db,
    ids.map((id, place) => incident(id, minutesAgo(1_000 - Math.floor(place / 7)))),
  )

  const seen: string[] = []
  for (let path: string | undefined = '/incidents?service=search'; path; ) {
    const page: string = await textOf(app, path)
    seen.push(...[...page.matchAll(/href="\/incidents\/(no-\d+)"/g)].map(([, id = '']) => id))
    path = /href="([^"]+)" rel="next"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  }

  expect(seen).toHaveLength(120)
  expect(seen.toSorted()).toEqual(ids)
})

test('a list shows the past as it stood', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('a', hoursAgo(5), { title: 'Search answers slowly' })])
  await tell(db, [{ kind: 'incident-event', incidentId: 'a', at: hoursAgo(2), event: 'resolved' }])

  const before = await textOf(app, `/incidents?open=true&at=${hoursAgo(3).toISOString()}`)
  const after = await textOf(app, '/incidents?open=true')

  expect(shownIn(before)).toEqual(['Search answers slowly'])
  expect(shownIn(after)).toEqual([])
})

const addresses = [
  ...['/incidents', '/problems', '/changes', '/exposures', '/service-levels'],
  ...['/complaints', '/forecasts', '/actions', '/postmortems', '/people'],
]

test('every list says when it is empty, and its rows lead to pages', async () => {
  const { app: nothing } = await openApp()
  const { app, db, settings } = await openApp()
  await fillDemo(db, settings, morning)

  for (const path of addresses) {
    const full = await textOf(app, path)
    const rows = [...full.matchAll(/<th scope="row"><a href="([^"]+)"/g)].map(([, href = '']) => href)

    expect([path, await textOf(nothing, path)]).toEqual([path, expect.not.stringContaining('<tbody>')])
    expect([path, rows.length > 0]).toEqual([path, true])
    for (const row of new Set(rows.slice(0, 3))) {
      const response = await app.request(row.replaceAll('&amp;', '&'))
      expect([row, [200, 303].includes(response.status)]).toEqual([row, true])
    }
  }
})

test('owners go by their names, and nobody’s are asked for by that word', async () => {
  const { app, db } = await openApp()
  await tell(db, [
    aPerson('Ana Lopez', 'ana@example.com'),
    incident('a', hoursAgo(5), { title: 'Search answers slowly', ownerId: 'ana@example.com' }),
    incident('b', hoursAgo(4), { title: 'Cart is empty' }),
  ])

  const page = await textOf(app, '/incidents?owner=ana%40example.com')

  expect(shownIn(page)).toEqual(['Search answers slowly'])
  expect(page).toMatch(/<td[^>]*data-label="Owner"[^>]*><bdi>Ana Lopez/)
  expect(page).toMatch(/<option value="ana@example.com" selected[^>]*>Ana Lopez/)
  expect(shownIn(await textOf(app, '/incidents?owner=nobody'))).toEqual(['Cart is empty'])
})

test('a column that sorts says how it is sorted and leads to the other way', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('a', hoursAgo(5), { severity: 'sev3' }), incident('b', hoursAgo(4), { severity: 'sev1' })])
  const sorted = (page: string) =>
    [...page.matchAll(/aria-sort="(\w+)"><a href="([^"]+)">(\w+)/g)].map(([, ...words]) => words)

  expect(sorted(await textOf(app, '/incidents'))).toEqual([['descending', '/incidents?sort=oldest', 'Began']])
  expect(sorted(await textOf(app, '/incidents?sort=oldest'))).toEqual([['ascending', '/incidents', 'Began']])
  expect(sorted(await textOf(app, '/incidents?sort=gravest'))).toEqual([
    ['ascending', '/incidents?sort=gravest', 'Severity'],
  ])
  expect(await textOf(app, '/incidents?sort=gravest')).toMatch(/b broke[\s\S]*a broke/)
  expect(await textOf(app, '/incidents?sort=gravest&search=broke')).not.toContain('sort=gravest"')
})

test('what is shown is had as CSV, every page of it, and no cell of it is a formula', async () => {
  const { app, db } = await openApp()
  const many = Array.from({ length: 60 }, (_, place) =>
    incident(`i${place}`, minutesAgo(place + 10), { service: 'cart' }),
  )
  await tell(db, [
    ...many,
    incident('f', minutesAgo(5), { title: '=HYPERLINK("evil"),x', service: 'cart' }),
    incident('g', minutesAgo(4)),
  ])

  const page = await textOf(app, '/incidents?service=cart')
  const address = /href="([^"]+)">As CSV/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const sheet = await app.request(address)
  const lines = (await sheet.text()).trim().split('\r\n')

  expect(sheet.headers.get('content-type')).toContain('text/csv')
  expect(sheet.headers.get('content-disposition')).toBe('attachment; filename="incidents-2026-11-23.csv"')
  expect(lines[0]).toBe('Title,Severity,Service,State,Owner,Began,Over,Customer-minutes')
  expect(lines[1]).toBe(`"'=HYPERLINK(""evil""),x",severity unknown,cart,open,,${minutesAgo(5).toISOString()},,`)
  expect(lines).toHaveLength(62)
})

test('a hostile search is only text', async () => {
  const { app } = await openApp()
  const search = '"><script>alert(1)</script>'

  const page = await textOf(app, `/incidents?search=${encodeURIComponent(search)}`)

  expect(page).not.toContain('<script>alert')
  expect(page).toContain('&lt;script&gt;')
})

function aPerson(name: string, email: string): Fact {
  return { kind: 'person', name, email, role: null, function: null, zone: null, deputy: null }
}

function shownIn(page: string): string[] {
  return ['Search answers slowly', 'Cart is empty'].filter((title) => page.includes(title))
}

test('every page and list of an earlier instant reads the same whatever happened since', async () => {
  const { app, db, settings } = await openApp()
  await fillDemo(db, settings, morning, 'ordinary')
  const then = hoursAgo(20).toISOString()
  const before = await readAll(app, then)

  const later = createApp({ db, settings, now: () => inHours(3) })
  await changeEverything(later, db)

  expect(before.size).toBeGreaterThan(30)
  expect([...before.values()].every((text) => text.includes('This is how it stood'))).toBe(true)
  for (const [path, text] of await readAll(later, then, [...before.keys()]))
    expect([path, toldIn(text)]).toEqual([path, toldIn(before.get(path) ?? '')])
  const ofLater = async (query: string) =>
    (await textOf(later, `/incidents?owner=later@example.com${query}`)).split('href="/incidents/').length - 1
  expect([await ofLater(`&at=${then}`), (await ofLater('')) > 5]).toEqual([0, true])
})

const lists = ['incidents', 'problems', 'actions', 'changes', 'exposures', 'service-levels', 'complaints', 'people']
const filtered = ['incidents?state=open', 'problems?state=open', 'actions?state=open', 'incidents?severity=sev2']

/** Their first pages, and a few pages of each kind that they lead to. */
async function readAll(app: Parameters<typeof textOf>[0], at: string, known?: string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const waiting = known ?? ['/', '/postmortems', '/sources', ...[...lists, ...filtered].map((name) => `/${name}`)]
  for (const path of waiting) {
    const text = await textOf(app, `${path}${path.includes('?') ? '&' : '?'}at=${at}`)
    texts.set(path, text)
    const links = [...text.matchAll(/<a href="(\/[a-z-]+\/[^"/?#]+)"/g)].map(([, link = '']) => link)
    if (known === undefined && lists.includes(path.slice(1))) waiting.push(...[...new Set(links)].slice(0, 5))
  }
  return texts
}

/** What its middle tells, without what can be done there. */
function toldIn(text: string): string {
  const middle = /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? text
  return middle
    .replace(/<form[\s\S]*?<\/form>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

async function changeEverything(app: Parameters<typeof submit>[0], db: Parameters<typeof tell>[0]): Promise<void> {
  const owner = 'later@example.com'
  const someone = { name: 'Later', email: owner, role: null, function: null, zone: null, deputy: null }
  const fra = { service: 'checkout', site: 'fra', at: inHours(2), state: 'serving', capacityPercent: 100 } as const
  await tell(db, [{ kind: 'person', ...someone }, { kind: 'site', ...fra }, incident('later', inHours(2))], inHours(2))
  const ids = async (table: string) =>
    (await db.orm.all<{ id: string }>(sql`select id from ${sql.identifier(table)} limit 15`)).map(({ id }) => id)
  const each = async (kind: string, deeds: Record<string, Record<string, string>>) => {
    for (const id of await ids(kind))
      for (const [deed, words] of Object.entries(deeds))
        await submit(app, `/${kind}/${encodeURIComponent(id)}/${deed}`, words)
  }
  const why = 'a later word'
  await each('incidents', { owner: { owner }, severity: { severity: 'sev4', why }, resolution: { why } })
  await each('problems', { owner: { owner }, state: { state: 'closed', why } })
  await each('actions', { owner: { owner }, completion: { why } })
}
