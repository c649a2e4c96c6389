import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { kindNames } from '../../src/sources/kinds.ts'
import { openApp } from '../support/open-app.ts'
import { jsonIn, jsonOf, send } from './asking.ts'

test('the description is valid OpenAPI 3.1', async () => {
  const { app } = await openApp()
  const description = await jsonOf(app, '/api/v1/openapi.json')

  const validator = new Validator()
  const verdict = await validator.validate(structuredClone(description))

  expect(verdict).toMatchObject({ valid: true })
  expect(validator.version).toBe('3.1')
  expect(description.servers).toEqual([{ url: 'http://localhost:3000' }])
})

test('a description that lacks what OpenAPI asks for would be found out', async () => {
  const { app } = await openApp()
  const { info: _, ...description } = await jsonOf(app, '/api/v1/openapi.json')

  expect(await new Validator().validate(description)).toMatchObject({ valid: false })
})

test('every kind is described, its operations named once, its references lead somewhere', async () => {
  const { app } = await openApp()
  const description = await jsonOf(app, '/api/v1/openapi.json')
  const text = JSON.stringify(description)

  for (const name of kindNames) {
    expect(description.paths).toHaveProperty([`/api/v1/${name}`, 'post'])
    expect(description.paths).toHaveProperty([`/api/v1/${name}/{id}`, 'get'])
  }
  const operations = [...text.matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(operations).size).toBe(operations.length)
  for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    expect(description.components.schemas).toHaveProperty([name])
})

test('what is described as required is what the API asks for', async () => {
  const { app } = await openApp()
  const { components } = await jsonOf(app, '/api/v1/openapi.json')

  for (const name of kindNames) {
    const response = await send(app, 'POST', `/api/v1/${name}`, {})
    const missing = (await jsonIn(response)).errors.map(({ field }: { field: string }) => field)
    expect([name, missing.toSorted()]).toEqual([name, components.schemas[name].required.toSorted()])
  }
})

test('it can be read by people too', async () => {
  const { app } = await openApp()

  const page = await (await app.request('/api/v1/docs')).text()

  for (const name of kindNames) expect(page).toContain(`/api/v1/${name}`)
  expect(page).toContain('http://localhost:3000/api/v1/changes')
})
