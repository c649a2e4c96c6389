import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import type { SourceProof } from '../../views/source-secrets.tsx'
import { addSecret, listSecrets, retireSecret } from '../record/source-secrets.ts'
import { findSource, type RegisteredSource, registerSource } from '../record/sources.ts'
import { refusalsOf } from '../sources/admission.ts'
import { adapterFor, adapterNamed } from '../sources/registry.ts'
import { type Scheme, schemes } from '../sources/signatures.ts'
import { publicKeyIn } from '../sources/sns-signature.ts'
import { answer, voice, words } from './answer.ts'
import type { Env } from './house.ts'
import { isOneOf, missing, notOneOf, unfit } from './wanting.ts'

const shortest = 12

export async function proofOf(c: Context<Env>, { name, adapter }: RegisteredSource): Promise<SourceProof> {
  const { db, settings } = c.var
  return {
    secrets: await listSecrets(db, name),
    schemes: schemesOf(adapter),
    sealable: settings.key !== null,
    refused: refusalsOf(db, name) ?? null,
  }
}

/** The one the tool is known to use comes first: it is what the form proposes. */
function schemesOf(adapter: string): Scheme[] {
  const own = adapterNamed(adapter)?.proofs ?? []
  return [...own, ...schemes.filter((scheme) => !own.includes(scheme))]
}

/** `secret`, `scheme`. A tool may be given its secret before it has spoken. */
export async function giveSecret(c: Context<Env>): Promise<Response> {
  const { db, settings, now } = c.var
  const name = (c.req.param('id') ?? '').slice(0, 100)
  const { secret, scheme = schemesOf(adapterFor(name)?.adapter ?? '')[0] } = await words(c)
  if (settings.key === null)
    return unfit(c, {
      field: 'secret',
      fault: 'cannot be kept without a key',
      mend: 'Start Muster with MUSTER_KEY, from: openssl rand -base64 32',
    })
  if (secret === undefined) return missing(c, 'secret', 'Copy it from the tool')
  if (secret.length < shortest)
    return unfit(c, { field: 'secret', fault: 'is too short to be one', mend: `At least ${shortest} characters` })
  if (!isOneOf(schemes, scheme)) return notOneOf(c, 'scheme', schemes)
  if (scheme === 'sns' && !isKey(secret))
    return unfit(c, {
      field: 'secret',
      fault: 'is not a certificate',
      mend: 'Paste the PEM that SigningCertURL of a message leads to',
    })
  if (!(await isKnown(c, name))) return c.notFound()

  await addSecret(db, settings.key, { source: name, scheme, secret, at: now, by: voice(c).by })
  return answer(c, paths.source(name))
}

function isKey(pem: string): boolean {
  try {
    return publicKeyIn(pem).type === 'public'
  } catch {
    return false
  }
}

async function isKnown(c: Context<Env>, name: string): Promise<boolean> {
  const { db, now } = c.var
  if (await findSource(db, name)) return true
  const adapter = adapterFor(name)
  if (!adapter) return false
  await registerSource(db, { name, adapter: adapter.adapter, class: adapter.class, recordedAt: now })
  return true
}

export async function retire(c: Context<Env>, { name }: RegisteredSource): Promise<Response> {
  const { by, at } = voice(c)
  await retireSecret(c.var.db, { source: name, id: c.req.param('secret') ?? '' }, { at, by })
  return answer(c, paths.source(name))
}
