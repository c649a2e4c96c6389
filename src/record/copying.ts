import { constants } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { withCopy } from './copies.ts'
import { examineCopy, type Found } from './examining.ts'
import { flush } from './files.ts'

/**
 * Copies the file of a record that stands still, and looks at every page of the copy. By a process that does not hold the
 * record itself: closing a file lets go of all locks that a process has on it.
 */
export async function copyRecord({ from, to }: { from: string; to: string }): Promise<Found> {
  await rm(to, { force: true })
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  const found = await withCopy(to, examineCopy)
  await flush(to)
  return found
}
