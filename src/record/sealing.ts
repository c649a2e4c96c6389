import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

// The form of a sealed text: another cipher would be another version.
const version = 'v1'
const ivBytes = 12
const tagBytes = 16

/**
 * A secret as it may be kept: AES-256-GCM, bound to `purpose`, so that it opens nowhere else. `key`: the 32 bytes of
 * MUSTER_KEY.
 */
export function seal(key: Uint8Array, text: string, purpose: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${version}.${sealed.toString('base64url')}`
}

/** What was sealed for this purpose; null when the key is another one, or anything was changed. */
export function unseal(key: Uint8Array, sealed: string, purpose: string): string | null {
  const bytes = Buffer.from(sealed.slice(version.length + 1), 'base64url')
  if (!sealed.startsWith(`${version}.`) || bytes.length < ivBytes + tagBytes) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(-tagBytes))
    const opened = [decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]
    return Buffer.concat(opened).toString('utf8')
  } catch {
    return null
  }
}

/** By which people tell two secrets apart without seeing either; it says nothing to who has not the key. */
export function printOf(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex').slice(0, 8)
}
