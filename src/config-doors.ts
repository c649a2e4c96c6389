import { isLoopback, isNetwork } from './networks.ts'

/** Who comes in, and by which way: the part of the environment that locks the house. */
export interface Doors {
  provider: Provider | null // OIDC_*: who people are is said by the company's own provider
  firstAdministrator: string | null // MUSTER_ADMIN: an e-mail
  proxies: string[] // MUSTER_PROXIES: whose word on the asker's address counts, as CIDRs
}

export interface Provider {
  issuer: URL
  clientId: string
  clientSecret: string
  rolesClaim: string | null // null = roles are given by hand
  trustsMail: boolean // OIDC_TRUST_EMAIL: its addresses count without email_verified
}

/** What is wrong with which variable, and an example; config.ts makes a ConfigError of it. */
export interface Wrong {
  variable: string
  fault: string
  example: string
}

type Said = (variable: string) => string | null

/** Reads OIDC_*, MUSTER_ADMIN and MUSTER_PROXIES; the first that is wrong is told instead. */
export function readDoors(said: Said): Doors | Wrong {
  const provider = readProvider(said)
  if (provider && 'variable' in provider) return provider

  const firstAdministrator = said('MUSTER_ADMIN')?.toLowerCase() ?? null
  if (firstAdministrator !== null && !/^[^\s@<>]+@[^\s@<>]+$/.test(firstAdministrator))
    return { variable: 'MUSTER_ADMIN', fault: 'is not an e-mail address', example: 'ana@example.com' }

  const proxies = networksIn(said('MUSTER_PROXIES'))
  if (typeof proxies === 'string')
    return {
      variable: 'MUSTER_PROXIES',
      fault: `holds ${JSON.stringify(proxies)}, neither an address nor a network`,
      example: '10.0.0.5,192.168.7.0/24',
    }
  return { provider, firstAdministrator, proxies }
}

function readProvider(said: Said): Provider | Wrong | null {
  const [issuer, clientId, clientSecret] = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'].map(said)
  if (!issuer && !clientId && !clientSecret) return null

  const missing = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret }
  const [variable] = Object.entries(missing).find(([, value]) => !value) ?? []
  if (variable)
    return { variable, fault: 'is missing although the others of OIDC_ are set', example: examples[variable] ?? '' }

  const url = URL.canParse(issuer ?? '') ? new URL(issuer ?? '') : null
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!url || !isSafe || url.username || url.search || url.hash)
    return { variable: 'OIDC_ISSUER', fault: 'is not an https address', example: examples.OIDC_ISSUER ?? '' }

  const trust = said('OIDC_TRUST_EMAIL')
  if (trust !== null && !/^(yes|no)$/.test(trust))
    return { variable: 'OIDC_TRUST_EMAIL', fault: 'is neither yes nor no', example: 'yes' }
  return {
    issuer: url,
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    rolesClaim: said('OIDC_ROLES_CLAIM'),
    trustsMail: trust === 'yes',
  }
}

const examples: Record<string, string> = {
  OIDC_ISSUER: 'https://login.example.org',
  OIDC_CLIENT_ID: 'muster',
  OIDC_CLIENT_SECRET: 'what-it-gave-you',
}

/** Comma-separated addresses and CIDRs; the one that is neither, if there is one. */
function networksIn(text: string | null): string[] | string {
  const networks = (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  return networks.find((one) => !isNetwork(one)) ?? networks
}
