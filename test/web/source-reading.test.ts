import { expect, test } from 'vitest'
import { findIncident } from '../../src/record/incidents.ts'
import { findSource } from '../../src/record/sources.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { aPage, pagerRules } from '../sources/mapping/a-pager.ts'
import { post } from '../sources/mapping/a-source.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { submit, textOf } from './asking.ts'

/** A tool nobody knows has posted once. */
async function aNewTool() {
  const house = await openApp()
  const delivery = await post(house.db, 'pager', aPage())
  await ingestWaiting(house.db, morning)
  return { ...house, delivery, said: { delivery, zone: 'Europe/Berlin', class: 'automated' } }
}
const [rule] = pagerRules
const written = {
  'rule.0.kind': 'incidents',
  'rule.0.when': rule?.when ?? '',
  'rule.0.each': rule?.each ?? '',
  ...Object.fromEntries(Object.entries(rule?.columns ?? {}).map(([name, said]) => [`rule.0.column.${name}`, said])),
}

test('the page begins from what really arrived, with a first guess', async () => {
  const { app } = await aNewTool()

  const page = await textOf(app, '/sources/pager/mapping')

  expect(page).toContain('incident.system.name')
  expect(page).toMatch(/name="rule\.0\.column\.title" value="incident\.name"/)
})

test('a trial shows what becomes of the delivery, and keeps nothing', async () => {
  const { app, db, said } = await aNewTool()

  const tried = await submit(app, '/sources/pager/mapping/trial', { ...said, ...written })

  expect(tried.status).toBe(200)
  expect(await tried.text()).toContain('Incident pager:17 as of 07:05: title Checkout refuses cards')
  expect(await findIncident(db, 'pager:17')).toBeUndefined()
  expect((await findSource(db, 'pager'))?.adapter).toBe('unknown')
})

test('what is kept reads the delivery it was written against, and all that follow', async () => {
  const { app, db, said } = await aNewTool()

  const kept = await submit(app, '/sources/pager/mapping/trial', { ...said, ...written, class: 'manual', step: 'keep' })
  await app.request('/sources/pager', { method: 'POST', body: JSON.stringify(aPage({ number: 18 })) })
  await ingestWaiting(db, morning)

  expect(kept.headers.get('location')).toBe('/sources/pager')
  expect(await findSource(db, 'pager')).toMatchObject({ adapter: 'generic', class: 'manual' })
  expect(await findIncident(db, 'pager:17')).toMatchObject({ title: 'Checkout refuses cards', severity: 'sev1' })
  expect(await findIncident(db, 'pager:18')).toMatchObject({ service: 'Web Shop' })
})

test('a mapping that makes no sense of its delivery is shown with its faults and is not kept', async () => {
  const { app, db, said } = await aNewTool()
  const broken = { ...written, 'rule.0.column.startedAt': 'name..first' }

  const refused = await submit(app, '/sources/pager/mapping/trial', { ...said, ...broken, step: 'keep' })

  expect(refused.status).toBe(200)
  expect(await refused.text()).toContain('startedAt: at its character 6 stands “.”')
  expect((await findSource(db, 'pager'))?.adapter).toBe('unknown')
})

test('a rule can be added, changed to another kind and left out', async () => {
  const { app, said } = await aNewTool()
  const trial = async (fields: Record<string, string>) =>
    (await submit(app, '/sources/pager/mapping/trial', { ...said, ...written, ...fields })).text()

  expect(await trial({ step: 'another' })).toContain('Rule 2')
  expect(await trial({ 'rule.0.kind': 'changes' })).toContain('name="rule.0.column.what"')
  expect(await trial({ 'rule.1.kind': 'changes', step: 'without.0' })).not.toContain('Rule 2')
})

test('an example begins the rules', async () => {
  const { app } = await aNewTool()

  expect(await textOf(app, '/sources/pager/mapping?example=rootly')).toContain('mitigated_at')
})

test('a source that nobody heard of has no page, one without deliveries says so', async () => {
  const { app, db } = await openApp()
  await post(db, 'pager', 'not json')

  expect((await app.request('/sources/nobody/mapping')).status).toBe(404)
  expect(await textOf(app, '/sources/pager/mapping')).toContain('not json')
})

test('its names are listed, the unknown ones first, and kept by one form', async () => {
  const { app, db, said } = await aNewTool()
  await submit(app, '/sources/pager/mapping/trial', { ...said, ...written, step: 'keep' })
  const page = await textOf(app, '/sources/pager/matching')
  const place = /name="theirs\.(\d+)" value="Web Shop"/.exec(page)?.[1] ?? ''

  const fields = { [`field.${place}`]: 'service', [`theirs.${place}`]: 'Web Shop', [`ours.${place}`]: 'checkout' }
  const kept = await submit(app, '/sources/pager/matching', fields)

  expect(page).toContain('1 of 2 names are not known here')
  expect(kept.status).toBe(303)
  expect((await findIncident(db, 'pager:17'))?.service).toBe('checkout')
  expect(await textOf(app, '/sources/pager/matching')).toContain('Everything it names is known here')
})

test('a severity is matched to one of ours only', async () => {
  const { app, said } = await aNewTool()
  await submit(app, '/sources/pager/mapping/trial', { ...said, ...written, step: 'keep' })

  const refused = await submit(app, '/sources/pager/matching', {
    'field.0': 'severity',
    'theirs.0': 'P1',
    'ours.0': 'huge',
  })

  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('sev1, sev2, sev3, sev4')
})

test('a source can be named the tool that it is, and is read again', async () => {
  const { app, db } = await openApp()
  const alert = {
    status: 'firing',
    labels: { alertname: 'Slow', service: 'search' },
    startsAt: '2026-11-23T06:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
    fingerprint: 'f1f1f1f1f1f1f1f1',
  }
  await post(db, 'prod-eu', { version: '4', status: 'firing', alerts: [alert] })
  await ingestWaiting(db, morning)

  const named = await submit(app, '/sources/prod-eu/adapter', { adapter: 'alertmanager', class: 'automated' })
  const refused = await submit(app, '/sources/prod-eu/adapter', { adapter: 'telepathy', class: 'automated' })

  expect(named.status).toBe(303)
  expect(await findIncident(db, 'alertmanager:f1f1f1f1f1f1f1f1:2026-11-23T06:00:00.000Z')).toMatchObject({
    title: 'Slow',
  })
  expect(refused.status).toBe(422)
})
