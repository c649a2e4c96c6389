import { createPublicKey, createVerify, type KeyObject } from 'node:crypto'

const signedOf: Record<string, readonly string[]> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
}
const algorithms: Record<string, string> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' }

/** The key in a certificate or a public key (PEM, also with its line ends lost on the way). Throws when there is none. */
export function publicKeyIn(pem: string): KeyObject {
  const [, kind = '', base64 = ''] = /-----BEGIN ([A-Z ]+)-----([^-]+)-----END/.exec(pem) ?? []
  const lines = base64.replace(/\s/g, '').match(/.{1,64}/g) ?? []
  return createPublicKey([`-----BEGIN ${kind}-----`, ...lines, `-----END ${kind}-----`, ''].join('\n'))
}

/** Whether Amazon SNS signed this message with the key of the certificate (PEM), in either version of its signature. */
export function isSignedBySns(certificate: string, body: Uint8Array): boolean {
  try {
    const message: Record<string, unknown> = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    const algorithm = algorithms[String(message.SignatureVersion)]
    const names = signedOf[String(message.Type)]
    if (!algorithm || !names) return false

    const verify = createVerify(algorithm)
    for (const name of names) if (Object.hasOwn(message, name)) verify.update(`${name}\n${message[name]}\n`)
    const signature = Buffer.from(String(message.Signature), 'base64')
    // Only as it is written by who signed: base64 can spell the same bytes in several ways.
    return signature.toString('base64') === message.Signature && verify.verify(publicKeyIn(certificate), signature)
  } catch {
    return false
  }
}
