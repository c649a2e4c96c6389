import { expect, test } from 'vitest'
import { cutThePower } from './power-cuts.ts'

test('a power cut loses nothing that was acknowledged, whether the rest is gone or torn', async ({ skip }) => {
  const [gone, torn] = [
    await cutThePower(1, { door: 'strong', how: 'dropped' }),
    await cutThePower(1, { door: 'strong', how: 'torn' }),
  ]
  if (gone === null || torn === null) return skip('no FUSE disk can be mounted here')

  expect(gone).toMatchObject({ lost: 0, damage: [] })
  expect(torn).toMatchObject({ lost: 0, damage: [] })
  expect(gone.acknowledged).toBeGreaterThan(10)
})

test('the same cut costs a door that does not wait for the disk', async ({ skip }) => {
  const cut = await cutThePower(1, { door: 'hasty', how: 'dropped' })
  if (cut === null) return skip('no FUSE disk can be mounted here')

  expect(cut.lost).toBeGreaterThan(0)
})
