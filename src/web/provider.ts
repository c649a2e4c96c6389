import type { Context } from 'hono'
import * as oidc from 'openid-client'
import { paths } from '../../views/paths.ts'
import { aMinute } from '../calendar.ts'
import type { Outgoing } from '../outgoing.ts'
import { note } from '../record/audit.ts'
import { subscriberOf } from './address.ts'
import { letIn } from './admitting.ts'
import { isOwnPath } from './answer.ts'
import { keepAwaited } from './awaited.ts'
import { refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { allowances, type Limits, tooOften } from './limits.ts'
import { type Claims, personVouchedFor } from './vouching.ts'

/** Somebody who was sent to the provider and is awaited back, in the same browser, once. */
interface Sent {
  state: string
  nonce: string
  verifier: string
  next: string | null
}
export interface ProviderGiven {
  outgoing: Outgoing
  limits: Limits
  failed: (fault: string) => void // for the log
}

/**
 * Signing in with the company's own provider: OpenID Connect, code flow with PKCE. What comes back is believed only with the
 * state, the nonce and the verifier of the very browser that was sent, and with a signature of the provider's own key.
 */
export function signInByProvider({ outgoing, limits, failed }: ProviderGiven) {
  const awaited = keepAwaited<Sent>('knock', { goodForMs: 10 * aMinute })
  const known: { configuration: Promise<oidc.Configuration> | null } = { configuration: null }

  const leave = factory.createHandlers(async (c) => {
    const configuration = await configurationOf(c)
    if (configuration === null) return unreachable(c)

    const wait = limits.spend(`leaving ${subscriberOf(c.var.from)}`, allowances.fromOne, c.var.now)
    if (wait > 0) return tooOften(c, wait)

    const verifier = oidc.randomPKCECodeVerifier()
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
    const next = c.req.query('next')
    awaited.expect(c, { state, nonce, verifier, next: next !== undefined && isOwnPath(next) ? next : null })
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: callbackOf(c),
      scope: 'openid email profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    return c.redirect(address.href, 303)
  })

  const comeBack = factory.createHandlers(async (c) => {
    const own = awaited.take(c)
    const configuration = own && (await configurationOf(c))
    if (!own || !configuration) return turnedAway(c, 'it did not begin in this browser, or more than ten minutes ago')
    try {
      const claims = await claimsFrom(configuration, `${callbackOf(c)}${new URL(c.req.url).search}`, own)
      const vouched = await personVouchedFor(c, claims)
      if ('refused' in vouched) return turnedAway(c, vouched.refused)
      return await letIn(c, vouched.person, 'provider', own.next ?? undefined)
    } catch (error) {
      failed(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
      return turnedAway(c, 'what the provider said could not be believed')
    }
  })
  return { leave, comeBack }

  async function configurationOf(c: Context<Env>): Promise<oidc.Configuration | null> {
    known.configuration ??= discover(c)
    try {
      return await known.configuration
    } catch (error) {
      known.configuration = null
      failed(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
      return null
    }
  }

  async function discover(c: Context<Env>): Promise<oidc.Configuration> {
    const { provider } = c.var.settings.doors
    if (provider === null) throw new Error('no provider is set up')
    const { issuer, clientId, clientSecret } = provider
    const isPlain = issuer.protocol === 'http:' // of this machine alone: config.ts sees to it
    const configuration = await oidc.discovery(issuer, clientId, undefined, oidc.ClientSecretPost(clientSecret), {
      [oidc.customFetch]: asking(outgoing, () => c.var.now),
      ...(isPlain && { execute: [oidc.allowInsecureRequests] }),
    })
    oidc.enableNonRepudiationChecks(configuration)
    return configuration
  }
}

async function claimsFrom(configuration: oidc.Configuration, address: string, own: Sent): Promise<Claims> {
  const tokens = await oidc.authorizationCodeGrant(configuration, new URL(address), {
    expectedState: own.state,
    expectedNonce: own.nonce,
    pkceCodeVerifier: own.verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (claims === undefined) throw new Error('there is no ID token')
  if (claims.email !== undefined) return claims
  return { ...(await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims }
}

/** Through the one door out: no redirects, no private address that was not allowed, a breaker. */
function asking(outgoing: Outgoing, now: () => Date): oidc.CustomFetch {
  return async (url, { method, headers, body }) => {
    const answer = await outgoing.ask(
      {
        url,
        method: method === 'POST' ? 'POST' : 'GET',
        headers,
        ...(body !== undefined && body !== null && { body: String(body) }),
      },
      now(),
    )
    const told = Object.entries(answer.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    )
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: told })
  }
}

function callbackOf(c: Context<Env>): string {
  return new URL(paths.signInCallback, c.var.settings.publicUrl).href
}

function unreachable(c: Context<Env>): Response | Promise<Response> {
  const isSet = c.var.settings.doors.provider !== null
  if (!isSet) return c.notFound()
  const mend = 'Try again in a minute; an administrator finds the reason in the log'
  return refuse(c, 503, { title: 'The provider cannot be asked', mend, headers: { 'retry-after': '60' } })
}

async function turnedAway(c: Context<Env>, why: string): Promise<Response> {
  const { db, now, from } = c.var
  await note(db, { at: now, by: '', what: 'sign-in-refused', subject: 'provider', became: why, from })
  return refuse(c, 401, { title: 'You are not signed in', mend: `Because ${why}. Begin again at ${paths.signIn}` })
}
