import { expect, test } from 'vitest'
import { findPull } from '../../src/record/pulls.ts'
import { findSource } from '../../src/record/sources.ts'
import { key } from '../sources/pulls/a-pull.ts'
import { openApp } from '../support/open-app.ts'
import { send, submit, textOf } from './asking.ts'

const levels = 'levels:\n  - service: checkout\n    indicator: availability\n    good: avg(up) >= bool 0.5\n'
const asked = { kind: 'prometheus', url: 'https://prometheus.example.org', every: '5', options: levels }

test('a tool that does not push is asked as the form says', async () => {
  const { app, db } = await openApp()

  const kept = await submit(app, '/sources/prometheus/pull', asked)

  expect(kept.headers.get('location')).toBe('/sources/prometheus/pull')
  expect(await findPull(db, 'prometheus')).toMatchObject({ kind: 'prometheus', everyMs: 300_000, token: null })
  expect(await findSource(db, 'prometheus')).toMatchObject({ class: 'service-level' })
  expect(await textOf(app, '/sources/prometheus/pull')).toContain('It has not answered yet')
})

test.each([
  [{ url: 'prometheus' }, 'url: is not the address of a tool'],
  [{ url: 'https://me:word@prometheus.example.org' }, 'url: is not the address of a tool'],
  [{ every: '0' }, 'every: is not a number of minutes'],
  [{ options: 'levels: [' }, 'options: cannot be read'],
  [{ options: 'levels: none' }, 'options: levels'],
  [{ options: levels.replace('avg(up)', 'avg(up') }, 'at its character'],
  [{ options: 'colour: red' }, 'Unrecognized key'],
  [{ kind: 'oracle' }, 'kind: is not known here'],
  [{ token: 'a-token-of-theirs' }, 'token: cannot be kept without a key'],
])('what cannot be asked so is refused with its fault and the mend: %j', async (wrong, fault) => {
  const { app, db } = await openApp()

  const refused = await submit(app, '/sources/prometheus/pull', { ...asked, ...wrong })

  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain(fault)
  expect(await findPull(db, 'prometheus')).toBeUndefined()
})

test('a script sets the same up by JSON and reads how it went; the token is told to nobody', async () => {
  const { app, db } = await openApp({ key })
  const json = { ...asked, every: 5, options: { levels: [] }, token: 'a-token-of-theirs' }

  const kept = await send(app, 'POST', '/sources/prometheus/pull', json, { accept: 'application/json' })
  const read = await app.request('/sources/prometheus/pull', { headers: { accept: 'application/json' } })

  expect(kept.status).toBe(201)
  const text = await read.text()
  expect(JSON.parse(text)).toMatchObject({ kind: 'prometheus', hasToken: true, failures: 0 })
  expect(text).not.toContain('a-token')
  expect((await findPull(db, 'prometheus'))?.token).toMatch(/^v1\./)
})

test('another address keeps the token unless one is given', async () => {
  const { app, db } = await openApp({ key })
  await submit(app, '/sources/prometheus/pull', { ...asked, token: 'a-token-of-theirs' })
  const sealed = (await findPull(db, 'prometheus'))?.token

  await submit(app, '/sources/prometheus/pull', { ...asked, url: 'https://other.example.org' })

  expect(await findPull(db, 'prometheus')).toMatchObject({ url: 'https://other.example.org', token: sealed })
})

test('a tool can be asked no more', async () => {
  const { app, db } = await openApp()
  await submit(app, '/sources/prometheus/pull', asked)

  await submit(app, '/sources/prometheus/pull/end', {})

  expect(await findPull(db, 'prometheus')).toBeUndefined()
  expect(await textOf(app, '/sources/prometheus/pull')).toContain('It is not asked')
})

test('each tool that can be asked proposes what to ask for', async () => {
  const { app } = await openApp()

  expect(await textOf(app, '/sources/jira-eu/pull')).toContain('jql: project = OPS')
  expect(await textOf(app, '/sources/pager/pull?kind=pagerduty')).toContain('teams: [PT54U20]')
  expect((await app.request('/sources/no%20name/pull')).status).toBe(404)
})
