import { expect, test } from 'vitest'
import { killWhileMigrating } from './migration-kills.ts'

test('a migration killed half-way leaves the schema of before or of after, a whole snapshot or none, and can be gone on with', async () => {
  const toll = await killWhileMigrating(6)

  expect(toll).toMatchObject({ kills: 6, between: 0, brokenSnapshots: 0, notMended: 0 })
  expect(toll.old).toBeGreaterThan(0)
}, 60_000)
