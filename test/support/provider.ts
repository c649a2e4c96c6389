import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { vi } from 'vitest'

/** What the provider says of whoever signs in there, and what is done to its words on their way. */
export interface Spoken {
  account: { sub: string; email?: string; email_verified?: boolean; name?: string; groups?: string[] }
  forge?: (token: IdToken) => string // of each ID token: what is handed out instead
}
export interface IdToken {
  header: Record<string, unknown>
  claims: Record<string, unknown>
  signedAnew(changed: { header?: object; claims?: object }, key?: KeyObject): string
}
export const client = { id: 'muster', secret: 'a-secret-of-thirty-two-characters-or-more' }

export interface TestProvider {
  issuer: URL
  login(address: string): Promise<URL>
  says(spoken: Spoken): void
  close(): Promise<void>
}

/** A certified implementation of OpenID Connect, on loopback; `says` tells it about whom it speaks from now on. */
export async function openProvider(callback: string): Promise<TestProvider> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const speaking: { spoken: Spoken } = { spoken: { account: { sub: 'nobody' } } }
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const warnings = vi.spyOn(console, 'warn').mockReturnValue() // that it is set up for tests only
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [callback],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'own', alg: 'RS256', use: 'sig' }] as never },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['only-for-this-test'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ ...speaking.spoken.account, sub }) }),
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
  })
  const answer = provider.callback()
  warnings.mockRestore()
  server.on('request', (request, response) => {
    const { forge } = speaking.spoken
    if (forge && request.url === '/token') forgeAnswer(response, forge, privateKey)
    return answer(request, response)
  })
  return {
    issuer: new URL(issuer),
    login: (address) => login(address, speaking.spoken.account.sub),
    says: (spoken) => void Object.assign(speaking, { spoken }),
    close: () => closed(server),
  }
}

/** As somebody clicks through the provider's own pages: the address it sends them back to. */
async function login(address: string, sub: string): Promise<URL> {
  const cookies = new Map<string, string>()
  const origin = new URL(address).origin
  let next = new URL(address)
  for (let steps = 0; steps < 12; steps++) {
    if (next.origin !== origin) return next
    const page = await ask(next, cookies)
    const moved = page.headers.get('location')
    if (moved) next = new URL(moved, next)
    else next = await fillIn(next, await page.text(), { cookies, sub })
  }
  throw new Error(`the provider leads nowhere: ${next}`)
}

async function fillIn(
  page: URL,
  text: string,
  { cookies, sub }: { cookies: Map<string, string>; sub: string },
): Promise<URL> {
  const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1]
  const action = /action="([^"]+)"/.exec(text)?.[1]
  if (!prompt || !action) throw new Error(`this page of the provider has no form: ${text.slice(0, 500)}`)
  const body = new URLSearchParams({ prompt, login: sub, password: 'any' })
  const answered = await ask(new URL(action, page), cookies, { method: 'POST', body })
  return new URL(answered.headers.get('location') ?? '', page)
}

async function ask(address: URL, cookies: Map<string, string>, more: RequestInit = {}): Promise<Response> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await fetch(address, { redirect: 'manual', headers: { cookie }, ...more })
  for (const set of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
    cookies.set(name, value)
  }
  return response
}

function forgeAnswer(response: ServerResponse<IncomingMessage>, forge: NonNullable<Spoken['forge']>, key: KeyObject) {
  const end = response.end.bind(response)
  response.end = ((body: unknown) => {
    const told = JSON.parse(String(body))
    if (typeof told.id_token !== 'string') return end(body as string)
    const text = JSON.stringify({ ...told, id_token: forge(readToken(told.id_token, key)) })
    response.setHeader('content-length', Buffer.byteLength(text))
    return end(text)
  }) as typeof response.end
}

function readToken(token: string, own: KeyObject): IdToken {
  const [header = '', claims = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  const told = { header: read(header), claims: read(claims) }
  return {
    ...told,
    signedAnew(changed, key = own) {
      const parts = [
        { ...told.header, ...changed.header },
        { ...told.claims, ...changed.claims },
      ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      const text = parts.join('.')
      const isUnsigned = (changed.header as { alg?: string } | undefined)?.alg === 'none'
      const signature = isUnsigned ? '' : createSign('RSA-SHA256').update(text).sign(key).toString('base64url')
      return `${text}.${signature}`
    },
  }
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}
