import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { endSession, endSessionsOf, listSessions } from '../../src/record/sessions.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { aProjector, signedIn } from '../support/signed-in.ts'

const voice = { at: morning, by: 'fay@example.com' }

test('a wall that is revoked, and a person who is signed out, hear nothing more', async () => {
  const { db, listen } = await house()
  const [cem, ben] = [await signedIn(db, 'cem@example.com'), await signedIn(db, 'ben@example.com')]
  const lines = [await listen(await aProjector(db)), await listen(cem), await listen(ben)]
  const [wall] = await listSessions(db, { kind: 'projector' }, morning)

  await endSession(db, { id: wall?.id ?? '' }, voice)
  await endSessionsOf(db, { personId: 'cem@example.com' }, voice)
  await Promise.all(lines.slice(0, 2).map(({ ended }) => ended))

  expect(lines.map(({ isOpen }) => isOpen())).toEqual([false, false, true])
})

test('whoever listened before the first sign-in has to sign in too', async () => {
  const { db, listen } = await house()
  const line = await listen({})

  await signedIn(db, 'ana@example.com', 'administrator')

  await line.ended
  expect(line.isOpen()).toBe(false)
})

async function house() {
  const { app, db } = await openApp()
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  onTestFinished(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })

  async function listen(headers: Record<string, string>) {
    const answer = await new Promise<IncomingMessage>((answered, failed) => {
      const address = `http://127.0.0.1:${port}/live`
      get(address, { headers: { accept: 'text/event-stream', ...headers } }, answered).on('error', failed)
    })
    expect(answer.statusCode).toBe(200)
    answer.resume().on('error', () => undefined)
    const ended = new Promise<void>((end) => answer.once('close', end))
    return { ended, isOpen: () => !answer.destroyed }
  }
  return { db, listen }
}
