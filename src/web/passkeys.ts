import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { aMinute } from '../calendar.ts'
import { noteLater } from '../record/audit.ts'
import { countPasskey, findPasskey, keepPasskey, passkeysOf, removePasskey } from '../record/passkeys.ts'
import { subscriberOf } from './address.ts'
import { letIn, personOf } from './admitting.ts'
import { answer } from './answer.ts'
import { keepAwaited } from './awaited.ts'
import { problem } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { jsonBody } from './json-body.ts'
import { allowances, type Limits, tooOften } from './limits.ts'

/**
 * Signing in with what one has and is: the key never leaves the device, and signs only for this very site. Each asks first
 * for a challenge, which is good once and for five minutes, in the same browser.
 */
export function passkeys(limits: Limits) {
  const challenges = keepAwaited<string>('challenge', { goodForMs: 5 * aMinute })

  const signIn = factory
    .createApp()
    .post('/challenge', async (c) => {
      const wait = limits.spend(`challenge ${subscriberOf(c.var.from)}`, allowances.fromOne, c.var.now)
      if (wait > 0) return tooOften(c, wait)

      const options = await generateAuthenticationOptions({ rpID: siteOf(c).rpID, userVerification: 'required' })
      challenges.expect(c, options.challenge)
      return c.json(options)
    })
    .post('/', async (c) => {
      const [challenge, body] = [challenges.take(c), await bodyOf(c)]
      const credential = body.credential as AuthenticationResponseJSON | undefined
      const known = await findPasskey(c.var.db, typeof credential?.id === 'string' ? credential.id : '')
      const person = known && (await personOf(c, known.personId))
      if (!challenge || !credential || !known || !person) return notKnown(c)

      const { id, publicKey, counter } = known
      const verified = await verifyAuthenticationResponse({
        response: credential,
        expectedChallenge: challenge,
        expectedOrigin: siteOf(c).origin,
        expectedRPID: siteOf(c).rpID,
        credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter },
        requireUserVerification: true,
      }).catch(() => null)
      if (!verified?.verified) return notKnown(c)

      await countPasskey(c.var.db, id, verified.authenticationInfo.newCounter, c.var.now)
      const { next } = body
      const moved = await letIn(c, person, 'passkey', typeof next === 'string' ? next : undefined)
      return c.json({ next: moved.headers.get('location') ?? paths.morning })
    })

  const own = factory
    .createApp()
    .post('/challenge', async (c) => {
      const person = await me(c)
      if (!person) return c.notFound()

      const known = await passkeysOf(c.var.db, person.id)
      const options = await generateRegistrationOptions({
        rpName: 'Muster',
        rpID: siteOf(c).rpID,
        userName: person.email,
        userDisplayName: person.name,
        attestationType: 'none',
        excludeCredentials: known.map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
      challenges.expect(c, options.challenge)
      return c.json(options)
    })
    .post('/', async (c) => {
      const [person, challenge, body] = [await me(c), challenges.take(c), await bodyOf(c)]
      if (!person) return c.notFound()
      if (!challenge) return notKept(c)

      const verified = await verifyRegistrationResponse({
        response: body.credential as RegistrationResponseJSON, // judged by the library before it is used
        expectedChallenge: challenge,
        expectedOrigin: siteOf(c).origin,
        expectedRPID: siteOf(c).rpID,
        requireUserVerification: true,
      }).catch(() => null)
      if (!verified?.verified) return notKept(c)

      const { id, publicKey, counter } = verified.registrationInfo.credential
      const name = typeof body.name === 'string' && body.name.trim() ? body.name.trim().slice(0, 100) : 'a passkey'
      const kept = { id, personId: person.id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, name }
      await keepPasskey(c.var.db, kept, { at: c.var.now, by: person.id, from: c.var.from })
      return c.json({ next: paths.me })
    })
    .post('/:id/removal', async (c) => {
      const person = await me(c)
      const which = { id: c.req.param('id'), personId: person?.id ?? '' }
      const wasThere = await removePasskey(c.var.db, which, { at: c.var.now, by: which.personId, from: c.var.from })
      return wasThere ? answer(c, paths.me) : c.notFound()
    })

  return { signIn, own }

  function notKnown(c: Context<Env>): Response | Promise<Response> {
    const { db, now, from } = c.var
    noteLater(db, { at: now, by: '', what: 'sign-in-refused', subject: 'passkey', from })
    const wait = limits.spend(`wrong ${subscriberOf(from)}`, allowances.wrong, now)
    return wait > 0
      ? tooOften(c, wait)
      : problem(c, 401, { title: 'This passkey is not known here', mend: 'Sign in by another way, and add it at /me' })
  }
}

function notKept(c: Context<Env>): Response {
  return problem(c, 422, { title: 'The passkey could not be kept', mend: 'Begin again' })
}

// A passkey is bound to the name under which the house is known, whatever name it was asked by.
function siteOf(c: Context<Env>) {
  const { publicUrl } = c.var.settings
  return { rpID: publicUrl.hostname, origin: publicUrl.origin }
}

async function bodyOf(c: Context<Env>): Promise<Record<string, unknown>> {
  const body = await jsonBody(c)
  const isObject = 'json' in body && typeof body.json === 'object' && body.json !== null && !Array.isArray(body.json)
  return isObject ? (body.json as Record<string, unknown>) : {}
}

function me(c: Context<Env>) {
  return c.var.asker.kind === 'person' ? personOf(c, c.var.asker.id) : Promise.resolve(undefined)
}
