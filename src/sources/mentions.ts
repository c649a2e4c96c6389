const address = /https?:\/\/[^\s<>"'()[\]|]+/g
// Whose addresses of an incident lead to the id that it has here.
const elsewhere: readonly [host: RegExp, path: RegExp, tool: string][] = [
  [/\.pagerduty\.com$/, /^\/incidents\/(\w+)$/, 'pagerduty'],
  [/\.(opsgenie\.com|atlassian\.net)$/, /\/alert\/detail\/([\w-]+)/, 'opsgenie'],
]

/**
 * The incident that a ticket speaks of: the first address in its words that is one of an incident's page here
 * ('.../incidents/pagerduty%3AQ1'), or of one that a tool told us of. undefined = of none.
 */
export function mentionedIn(words: readonly (string | undefined)[]): string | undefined {
  const addresses = words.flatMap((text) => text?.slice(0, 20_000).match(address) ?? [])
  return addresses
    .slice(0, 50)
    .map(incidentAt)
    .find((id) => id !== undefined)
}

function incidentAt(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) return undefined
  const named = elsewhere.find(([host, path]) => host.test(url.hostname) && path.test(url.pathname))
  if (named) return `${named[2]}:${named[1].exec(url.pathname)?.[1]}`

  const ours = /^\/incidents\/([^/]+)$/.exec(url.pathname)?.[1]
  const id = ours === undefined ? undefined : decoded(ours)
  return id?.includes(':') ? id : undefined
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part.replace(/[.,;!?]+$/, ''))
  } catch {
    return undefined
  }
}
