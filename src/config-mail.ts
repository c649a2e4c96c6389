import { createPrivateKey } from 'node:crypto'
import type { Dkim } from './mail.ts'

interface Fault {
  variable: string
  fault: string
  example: string
}

/** By which key letters are signed: all three of MAIL_DKIM_*, or none. A fault names the variable and an example. */
export function readDkim(said: (variable: string) => string | null): Dkim | null | Fault {
  const [domain, selector, key] = ['MAIL_DKIM_DOMAIN', 'MAIL_DKIM_SELECTOR', 'MAIL_DKIM_KEY'].map(said)
  if (!domain && !selector && !key) return null
  if (!domain || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain))
    return { variable: 'MAIL_DKIM_DOMAIN', fault: 'is not the domain of the key', example: 'example.org' }
  if (!selector || !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(selector))
    return { variable: 'MAIL_DKIM_SELECTOR', fault: 'is not the selector of the key', example: 'muster' }
  const privateKey = key ? pemOf(key) : null
  return privateKey === null
    ? {
        variable: 'MAIL_DKIM_KEY',
        fault: 'is not an RSA key in PEM, plain or in base64',
        example: 'LS0tLS1CRUdJTiBQUklW...',
      }
    : { domain, selector, privateKey }
}

function pemOf(text: string): string | null {
  const pem = text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : Buffer.from(text, 'base64').toString('utf8')
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa' ? pem : null
  } catch {
    return null
  }
}
