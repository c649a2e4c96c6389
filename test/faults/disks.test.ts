import { expect, test } from 'vitest'
import { failTheDisk } from './failing-disk.ts'
import { fillTheDisk } from './full-disk.ts'

test('a full disk refuses writes, still reads, and takes them again when there is room', async ({ skip }) => {
  const disk = await fillTheDisk()
  if (disk === null) return skip('a small disk can be mounted by root only')

  expect(disk).toMatchObject({ refused: 20, otherFaults: [], readable: true, keptAfter: 200, lost: 0, damage: [] })
  expect(disk.keptBefore).toBeGreaterThan(0)
})

test('a disk that fails to flush ends the program, with nothing lost that was acknowledged', async ({ skip }) => {
  const disk = await failTheDisk()
  if (disk === null) return skip('strace is not there or may not trace')

  expect(disk).toMatchObject({ exitCode: 74, lost: 0 })
  expect(disk.acknowledged).toBeGreaterThan(0)
})
