import { type Line, policy, type Who } from './policy.ts'

export const whos: readonly Who[] = [
  'anonymous',
  'projector',
  'viewer',
  'contributor',
  'manager',
  'facilitator',
  'administrator',
]

const head = `# Who may what

Written by \`npm run policy\` from the one table in src/web/policy.ts, and tested cell by cell over real requests. One person may
have several parts; somebody of the list who was given none is a viewer. Until the first administrator has signed in,
whoever sits at the machine itself may all. A token may what its scopes cover: \`read\` and \`write\` are of the kind that the
address names, as in \`incidents:read\`; \`any\` is every token; \`-\` is none. A line of a narrower address narrows its route.
`

/** The whole policy as a page of Markdown. */
export function matrix(): string {
  const rows = Object.entries(policy).map(([route, line]) => row([`\`${route}\``, ...cells(line)]))
  return [head, row(['route', ...whos, 'token']), row(['---', ...whos.map(() => ':-:'), '---']), ...rows, ''].join('\n')
}

function cells({ who, scope }: Line): string[] {
  return [...whos.map((one) => (who.includes(one) ? '●' : '')), scope ?? '-']
}

function row(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`
}
