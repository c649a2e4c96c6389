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

interface Locked {
  resolved?: string
  optionalDependencies?: Record<string, string>
}
const { packages }: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'))

test('the lockfile names no host', () => {
  expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
})

test('the lockfile knows the packages of every platform, or npm ci refuses on all of them', () => {
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  const locked = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)))

  expect(wanted.filter((name) => !locked.has(name))).toEqual([])
})

function textsIn(folder: string): Text[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return paths
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(`${folder}/${path}`, 'utf8') }))
}
