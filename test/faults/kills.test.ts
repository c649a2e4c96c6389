import { expect, test } from 'vitest'
import { killWhileWriting } from './kills.ts'

test('twenty kills while others lock the file lose nothing that was acknowledged and leave nothing half done', async () => {
  const toll = await killWhileWriting({ kills: 20, door: 'strong', meddled: true })

  expect(toll).toMatchObject({ kills: 20, lost: 0, halves: 0, damage: [] })
  expect(toll.acknowledged).toBeGreaterThan(200)
}, 120_000)

test('the same kills cost a door without the settings what it had acknowledged', async () => {
  const toll = await killWhileWriting({ kills: 3, door: 'weak', meddled: true })

  expect(toll.lost).toBeGreaterThan(0)
}, 60_000)
