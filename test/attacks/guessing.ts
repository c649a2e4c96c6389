import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { makeSignInLink } from '../../src/record/sign-in-links.ts'
import { atMost, type Figure, percentile } from '../bench/table.ts'
import { morning } from '../support/morning.ts'
import { aPersonWith } from '../support/signed-in.ts'
import { submit } from '../web/asking.ts'
import { attackedHouse } from './house.ts'

const doors = { provider: null, firstAdministrator: null, proxies: ['127.0.0.1'] }

/** A4: a thousand tries against one person from one address, and the owner from another. */
export async function lettersAskedFor(): Promise<Figure[]> {
  const { app, db, close } = await attackedHouse({ doors })
  await aPersonWith(db, 'ben@example.com', [])
  const ask = (from: string) => submit(app, '/sign-in', { email: 'ben@example.com' }, { 'x-forwarded-for': from })
  const answers: number[] = []
  for (let tries = 0; tries < 1000; tries++) answers.push((await ask('203.0.113.9')).status)
  const owner = (await ask('198.51.100.7')).status
  await close()
  return [
    atMost(
      'A4 of 1,000 tries at one person from one address, let through',
      answers.filter((status) => status === 200).length,
      10,
      'tries',
    ),
    atMost('A4 the owner, from elsewhere, kept out', owner === 200 ? 0 : 1, 0, 'times'),
  ]
}

/** A6: 200 who are on the list and 200 who are not, in turns. */
export async function namesTold(): Promise<Figure[]> {
  const { app, db, close } = await attackedHouse({ doors })
  for (let person = 0; person < 200; person++) await aPersonWith(db, `known-${person}@example.com`, [])
  const took = { known: [] as number[], unknown: [] as number[] }
  for (let turn = -20; turn < 200; turn++) {
    for (const kind of turn % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
      const headers = { 'x-forwarded-for': `198.51.${turn & 1 ? 100 : 101}.${(turn + 20) % 250}` }
      const begun = performance.now()
      const { status } = await submit(app, '/sign-in', { email: `${kind}-${Math.abs(turn)}@example.com` }, headers)
      if (turn >= 0) took[kind].push(performance.now() - begun)
      if (status !== 200) throw new Error(`asking for a letter answered ${status}`)
      await pause(3) // the letter goes out behind the answer
    }
  }
  await close()
  const [known, unknown] = [percentile(took.known, 50), percentile(took.unknown, 50)]
  const apart = (100 * Math.abs(known - unknown)) / unknown
  return [
    atMost(`A6 on the list or not, apart in time (${known.toFixed(2)} to ${unknown.toFixed(2)} ms)`, apart, 10, '%'),
  ]
}

/** Five who sign in at once, twenty times over. */
export async function loopWhileSigningIn(): Promise<Figure[]> {
  const { app, db, close } = await attackedHouse({ doors })
  const links: string[] = []
  for (let person = 0; person < 105; person++) {
    const personId = await aPersonWith(db, `p${person}@example.com`, ['viewer'])
    links.push(await makeSignInLink(db, { personId, at: morning, lastsMs: 600_000 }))
  }
  const confirm = (secret: string) => submit(app, `/sign-in/links/${secret}`, {})
  await Promise.all(links.slice(100).map(confirm))
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  for (let round = 0; round < 20; round++) {
    const answers = await Promise.all(links.slice(round * 5, round * 5 + 5).map(confirm))
    if (answers.some(({ status }) => status !== 303)) throw new Error('somebody was not let in')
    await pause(10) // the loop turns, and what it was late by is seen
  }
  delay.disable()
  const samples = delay.count
  await close()
  if (samples < 20) throw new Error('the loop was not watched')
  return [atMost('A5 event loop while five sign in at once, p99', delay.percentile(99) / 1e6, 100, 'ms')]
}
