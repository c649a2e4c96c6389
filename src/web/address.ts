import type { BlockList } from 'node:net'
import { isIP } from 'node:net'
import type { Context } from 'hono'
import { unmapped } from '../networks.ts'
import type { Env } from './house.ts'

/** What the adapter to Node tells of a request; nothing where there is no network in between. */
interface Peer {
  incoming?: { socket?: { remoteAddress?: string } }
}

/**
 * From where somebody asks. Whoever is no proxy of ours may write what they like into X-Forwarded-For: only the word of a
 * listed one counts, and only about whom it heard itself.
 */
export function addressOf(c: Context<Env>, proxies: BlockList): string {
  const told = (c.req.header('x-forwarded-for') ?? '').split(',').map((one) => unmapped(one.trim()))
  const way = [...told.filter((one) => isIP(one) > 0), peerOf(c)]
  return way.findLast((one, place) => place === 0 || !isListed(one, proxies)) ?? ''
}

/** Whom a limit is for: one address, or the network of 64 bits that one subscriber is given. */
export function subscriberOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const [before, after] = [head.split(':').filter(Boolean), (tail ?? '').split(':').filter(Boolean)]
  const missing = tail === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after].slice(0, 4).join(':')
}

function peerOf(c: Context<Env>): string {
  const peer = c.env as unknown as Peer | undefined // what the adapter gives is not told in its types
  return unmapped(peer?.incoming?.socket?.remoteAddress ?? '127.0.0.1')
}

function isListed(address: string, proxies: BlockList): boolean {
  return proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
