import { homeOf, importsIn, type Text } from './imports.ts'

/** A law of the house: what it finds wrong in a text, and a text that breaks it, to prove that it bites. */
export interface Law {
  says: string
  strays(text: Text): string[]
  broken: Text
}

const pure = ['src/calendar', 'type src/record']
const people = ['node', 'zod']
/** Each folder lists what it may reach for; "type" means for its vocabulary only. */
export const mayImport: Record<string, readonly string[]> = {
  'src/calendar': [],
  'src/networks': ['node'],
  'src/outgoing': ['src/networks', 'node'],
  'src/record': ['src/calendar', 'type src/config', 'drizzle-orm', '@libsql/client', ...people],
  'src/sources': [
    'src/calendar',
    'src/record',
    'type src/outgoing',
    '@prometheus-io/lezer-promql',
    '@aws-lambda-powertools/jmespath',
    'postal-mime',
    'yaml',
    ...people,
  ],
  'src/measures': pure,
  'src/agenda': [...pure, 'src/measures'],
  'src/reports': [...pure, 'src/measures', 'src/agenda'],
  'src/meeting': ['src/calendar', 'src/measures', 'src/agenda', 'src/record'],
  views: [...pure, 'src/measures', 'src/agenda', 'src/reports', 'hono'],
  'src/post': [
    ...['src/calendar', 'src/record', 'src/measures', 'src/agenda', 'src/reports', 'views', 'src/mail', 'src/outgoing'],
    ...['type src/config', 'src/clock', 'hono', 'ical-generator', 'node'],
    ...['chart.js', '@napi-rs/canvas', 'postal-mime'],
  ],
  'src/web': [
    ...[
      'src/calendar',
      'src/record',
      'src/sources',
      'src/measures',
      'src/agenda',
      'src/reports',
      'src/meeting',
      'src/post',
    ],
    ...[
      'views',
      'type src/config',
      'src/networks',
      'type src/mail',
      'type src/outgoing',
      'hono',
      '@hono/node-server',
      'uqr',
    ],
    ...['openid-client', '@simplewebauthn/server', 'pino', ...people],
  ],
}

function imports(text: Text): string[] {
  const home = homeOf(text.path)
  const allowed = mayImport[home]
  return importsIn(text)
    .filter(({ place }) => place !== home)
    .filter(({ place, typeOnly }) =>
      allowed
        ? !allowed.includes(place) && !(typeOnly && allowed.includes(`type ${place}`))
        : place === 'src/main' && text.path.startsWith('src/'),
    )
    .map(({ place, typeOnly }) => `imports ${typeOnly ? 'type ' : ''}${place}`)
}

function onlyIn(places: readonly string[], pattern: RegExp): Law['strays'] {
  return ({ path, text }) => (places.includes(homeOf(path)) ? [] : found(pattern, text))
}

/** What stands in the code itself: a comment may name what the code must not do. */
function found(pattern: RegExp, text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
  return [...code.matchAll(pattern)].map(([match]) => match.trim())
}

const forbiddenWords = new Set(
  [
    'manager',
    'handler',
    'handlers',
    'helper',
    'helpers',
    'util',
    'utils',
    'common',
    'misc',
    'data',
    'info',
    'process',
    'do',
  ].concat(['obj', 'impl', 'base']),
)
const exported = /export\s+(?:async\s+)?(?:function\*?|const|interface|type|class)\s+(\w+)/g

function forbiddenNames({ path, text }: Text): string[] {
  const names = [...text.matchAll(exported)].map(([, name = '']) => name)
  const file = path.split('/').at(-1)?.split('.')[0] ?? ''
  return [...names, file].filter((name) => wordsOf(name).some((word) => forbiddenWords.has(word)))
}

function wordsOf(name: string): string[] {
  return name.split(/[-_]|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase())
}

/** Longer than 200 lines of code, for a reason. */
const long = new Map([
  ['src/record/schema.ts', 'every table on one page'],
  ['src/record/shapes.ts', 'everything a page is told, on one page'],
  ['src/calendar.ts', 'the only file that knows time zones'],
  ['src/web/policy.ts', 'who may what, every route on one page'],
  ['test/support/builders.ts', 'the whole cast of the tests on one page'],
])

/** Blank lines and comments cost nobody anything. A page and its fragments live in one file; tests are lists of sentences. */
function tooLong({ path, text }: Text): string[] {
  const lines = text.split('\n').filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length
  const most = path.startsWith('test/') ? 350 : path.startsWith('views/') ? 260 : 220
  return lines > most && !long.has(path) ? [`${lines} lines of code`] : []
}

export const laws: readonly Law[] = [
  {
    says: 'imports point back to the record, and nobody imports main',
    strays: imports,
    broken: { path: 'src/measures/risk.ts', text: "import { findIncident } from '../record/incidents.ts'\n" },
  },
  {
    says: 'a type may be borrowed where running code may not',
    strays: ({ path, text }) =>
      path.startsWith('src/record/') ? [] : imports({ path, text }).filter((stray) => /drizzle|libsql/.test(stray)),
    broken: { path: 'src/web/incidents.tsx', text: "import { eq } from 'drizzle-orm'\n" },
  },
  {
    says: 'only the record writes SQL',
    strays: onlyIn(
      ['src/record', 'test'],
      /\.orm\b|\bsql`|['"`]\s*(?:select\s.+\sfrom|insert into|update \w+ set|delete from)\s/gi,
    ),
    broken: { path: 'src/web/incidents.tsx', text: 'const rows = await db.orm.select()\n' },
  },
  {
    says: 'only main and config know the clock and the environment',
    strays: onlyIn(
      ['src/main', 'src/config', 'test'],
      /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bprocess\.(?:env|hrtime)\b|\bTemporal\.Now\b/g,
    ),
    broken: { path: 'src/agenda/agenda.ts', text: 'const asOf = new Date()\n' },
  },
  {
    says: 'every address is written in views/paths.ts',
    strays: ({ path, text }) =>
      path.startsWith('views/') && path !== 'views/paths.ts'
        ? found(/\b(?:href|action|src|hx-(?:get|post|put|patch|delete))=(?:["']|\{["'`])\/[^\s>]*/g, text)
        : [],
    broken: { path: 'views/incident.tsx', text: '<form method="post" action="/incidents/1/owner">\n' },
  },
  {
    says: 'links to ourselves are built from the configured public address',
    strays: onlyIn(
      ['src/config', 'src/main', 'src/commands', 'test'],
      /https?:\/\/(?:localhost|127\.0\.0\.1)|\bc\.req\.header\(['"]host['"]\)/gi,
    ),
    broken: { path: 'src/web/digest.ts', text: "const link = 'http://localhost:3000/'\n" },
  },
  {
    says: 'a file has one thing to say, or a reason to be long',
    strays: tooLong,
    broken: { path: 'src/web/everything.ts', text: 'const x = 1\n'.repeat(221) },
  },
  {
    says: 'names say what the room says',
    strays: forbiddenNames,
    broken: { path: 'src/web/incidents.tsx', text: 'export function incidentHandler() {}\n' },
  },
  {
    says: 'pages carry no script and no style of their own',
    strays: ({ path, text }) =>
      path.startsWith('views/') || path.startsWith('src/web/')
        ? found(
            /<script(?![^>]*\ssrc=)(?![^>]*application\/json)[^>]*>|<style\b|\sstyle=|\son[a-z]+=["'{]|\bhx-on\b|['"]js:|dangerouslySetInnerHTML/g,
            text,
          )
        : [],
    broken: { path: 'views/agenda.tsx', text: '<p style="color: red" onclick={go}>\n' },
  },
  {
    says: 'a row is never replaced: its history would not know',
    strays: ({ path, text }) =>
      path.startsWith('src/') ? found(/\b(?:insert\s+or\s+)?replace\s+into\b|\binsert\s+or\s+replace\b/gi, text) : [],
    broken: { path: 'src/record/incidents.ts', text: "const q = 'insert or replace into incidents values (1)'\n" },
  },
  {
    says: 'no statement is put together from strings',
    strays: ({ path, text }) => (path.startsWith('src/') ? found(/\bsql\s*\.\s*raw\b/g, text) : []),
    broken: { path: 'src/record/incidents.ts', text: 'db.orm.run(sql.raw(name))\n' },
  },
  {
    says: 'what is given stays: no let outside a loop, no any, no enum',
    strays: ({ path, text }) =>
      path.startsWith('test/') ? [] : found(/^\s*(?:export )?(?:let|enum)\s+\w+|:\s*any\b|\bas any\b/gm, text),
    broken: { path: 'src/measures/risk.ts', text: 'let sum = 0\n' },
  },
  {
    says: 'nothing is left undone, and no machine of ours is named',
    strays: ({ text }) => found(/\bT(?:ODO)\b|\bFIX(?:ME)\b|['"`]\/(?:work|root|Users)\//g, text),
    broken: { path: 'src/web/agenda.tsx', text: "const place = '/root/muster'\n" },
  },
]
