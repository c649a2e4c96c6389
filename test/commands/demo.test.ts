import { expect, test } from 'vitest'
import { startServer } from '../support/server.ts'

test('npm run demo serves this morning on loopback, and leaves nothing behind', async () => {
  const server = await startServer(['demo'])
  const page = await (await fetch(server.address)).text()
  const code = await server.stop()

  expect(server.said()).toContain(server.address)
  expect(page).toMatch(/checkout/)
  expect(page).toContain('You are Ana Kovačević')
  expect(code).toBe(0)
})

test('a flag the demo does not know is told, with those it knows', async () => {
  await expect(startServer(['demo', '--loud'])).rejects.toThrow(/"--loud"[\s\S]*--quiet/)
})
