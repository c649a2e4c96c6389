import { readFileSync } from 'node:fs'
import { validate } from 'dockerfile-utils'
import { expect, test } from 'vitest'

const page = readFileSync('src/record/README.md', 'utf8')
const container = page.split('```dockerfile\n')[1]?.split('```')[0] ?? ''
const unit = page.split('```ini\n')[1]?.split('```')[0] ?? ''

test('the container file is one: a linter finds nothing, and does find what is wrong', () => {
  expect(told(container)).toEqual([])
  expect(told(container.replace('EXPOSE 3000', 'EXPOSE three'))).toEqual([expect.stringContaining('three')])
  expect(told(container.replace('FROM node', 'FORM node'))).not.toEqual([])
})

test('the container and the unit start what npm start starts, by nobody’s root, and stop it by the signal it knows', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'))
  const [program = ''] = /dist\S+ serve$/.exec(scripts.start ?? '') ?? []

  expect(program).toMatch(/^dist/)
  expect(container).toContain(
    `CMD ["node", ${program
      .split(' ')
      .map((word) => `"${word}"`)
      .join(', ')}]`,
  )
  expect(unit).toMatch(new RegExp(`ExecStart=\\S*node ${program}$`, 'm'))
  expect(container).toMatch(/^USER node$/m)
  expect(unit).toMatch(/^User=(?!root)\w+$/m)
  for (const file of [container, unit]) expect(file).toContain('SIGTERM')
})

test('the unit says each thing once, in the part where it belongs', () => {
  const parts = [...unit.matchAll(/^\[(\w+)\]$/gm)].map(([, name]) => name)
  const names = unit
    .split('\n')
    .filter((line) => line.includes('=') && !line.startsWith('#') && !line.startsWith('Environment'))
    .map((line) => line.slice(0, line.indexOf('=')))

  expect(parts).toEqual(['Unit', 'Service', 'Install'])
  expect(new Set(names).size).toBe(names.length)
  expect(unit).toMatch(/^Restart=always$/m)
})

function told(text: string): string[] {
  return validate(text).map(({ range, message }) => `line ${range.start.line + 1}: ${message}`)
}
