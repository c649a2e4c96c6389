import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const publicFolder = fileURLToPath(new URL('../../public', import.meta.url))
const packages = createRequire(import.meta.url)

/** What only the meeting, its wall and its phones are dressed in. */
const ofTheMeeting = ['style/projector.css', 'style/room.css']
/** What every page runs, in this order: each in a room of its own, for they share no name. */
const scripts = ['keys.js', 'live.js']

/**
 * Everything a page may load by its plain name: the files of public/ but the pictures of the README; the sheets joined into
 * style.css, and with those of the meeting into wall.css; htmx and our scripts joined into page.js.
 */
export function assetFiles(): Map<string, Buffer> {
  if (!existsSync(publicFolder)) return new Map()

  const names = readdirSync(publicFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(publicFolder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((name) => !name.startsWith('readme/') && !name.endsWith('.md'))
    .sort(layersFirst)
  const sheets = names.filter((name) => name.endsWith('.css'))
  const others = names.filter((name) => !name.endsWith('.css') && !scripts.includes(name))
  return new Map([
    ...others.map((name): [string, Buffer] => [name, fileNamed(name)]),
    ['style.css', joined(sheets.filter((name) => !ofTheMeeting.includes(name)))],
    ['wall.css', joined(sheets)],
    ['page.js', Buffer.from([htmx(), ...scripts.map(inItsRoom)].join('\n;'))],
    ['chart.js', Buffer.from(packaged('chart.js/dist/chart.umd.min.js'))],
  ])
}

function layersFirst(a: string, b: string): number {
  return Number(b.endsWith('/layers.css')) - Number(a.endsWith('/layers.css')) || (a < b ? -1 : 1)
}

function fileNamed(name: string): Buffer {
  return readFileSync(join(publicFolder, name))
}

/** Without comments and without the indents: nobody reads them there. */
function joined(sheets: readonly string[]): Buffer {
  const whole = sheets.map((name) => fileNamed(name).toString()).join('')
  return Buffer.from(whole.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n'))
}

function inItsRoom(name: string): string {
  return `(() => {\n${withoutComments(fileNamed(name).toString())}})()`
}

// Ours are written so that a line that begins as a comment is one.
function withoutComments(script: string): string {
  return script.replace(/^\s*(?:\/\/.*|\/\*\*.*\*\/)\n/gm, '').replace(/^\s+/gm, '')
}

function htmx(): string {
  return ['htmx.org/dist/htmx.min.js', 'htmx.org/dist/ext/hx-csp.min.js'].map(packaged).join('\n;')
}

// A package may not export its browser bundle by name: find the package, then the file in it.
function packaged(name: string): string {
  const at = (packages.resolve.paths(name) ?? []).map((folder) => join(folder, name)).find((path) => existsSync(path))
  if (!at) throw new Error(`${name} is not installed: run npm ci`)
  return readFileSync(at, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '')
}
