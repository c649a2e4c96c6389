import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, as they are told once. */
export function drawSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of it: SHA-256. A secret of 256 random bits cannot be guessed from its hash, so no slow one is needed. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** A name for what the secret opens; it opens nothing itself. */
export function drawId(): string {
  return randomBytes(9).toString('base64url')
}
