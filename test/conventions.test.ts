import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Text } from './support/imports.ts'
import { laws } from './support/laws.ts'

// The laws name what they forbid, so they are not held against themselves.
const house = ['src', 'views', 'test']
  .flatMap(textsIn)
  .filter(({ path }) => !/(laws|conventions\.test)\.ts$/.test(path))

test('the house is there to be looked at', () => {
  expect(house.length).toBeGreaterThan(50)
})

test.each(laws)('$says', ({ strays }) => {
  const found = house.flatMap((text) => strays(text).map((stray) => `${text.path}: ${stray}`))

  expect(found).toEqual([])
})

test.each(laws)('a text that breaks it is found: $says', ({ strays, broken }) => {
  expect(strays(broken)).not.toEqual([])
})

test.each([
  ["import type { Incident } from '../record/shapes.ts'", []],
  ["import {\n  findIncident,\n} from '../record/incidents.ts'", ['imports src/record']],
  ["export { findIncident } from '../record/incidents.ts'", ['imports src/record']],
  ["const late = await import('../record/db.ts')", ['imports src/record']],
  ["import '../app.tsx'", ['imports src/app']],
  ["import { readFile } from 'node:fs/promises'", ['imports node']],
])('measures that say %j', (text, strays) => {
  expect(laws[0]?.strays({ path: 'src/measures/risk.ts', text })).toEqual(strays)
})

test('nobody imports main', () => {
  const text = "import { start } from '../main.ts'"

  expect(laws[0]?.strays({ path: 'src/commands/serve.ts', text })).toEqual(['imports src/main'])
})

test('the lockfile names no host', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(
    /"resolved":|https?:\/\/(?!(?:[\w-]+\.)*(?:opencollective|github|tidelift|patreon|paypal|ko-fi|feross)\b)[^"]*registry/,
  )
})

function textsIn(folder: string): Text[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return paths
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(`${folder}/${path}`, 'utf8') }))
}
