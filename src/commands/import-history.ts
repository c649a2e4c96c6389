import { access, mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageOf } from '../record/faults.ts'
import { relive } from '../record/whole-past.ts'
import type { ExitCode, Room } from './command.ts'

export const onlyIntoNothing =
  'A history is imported only where no record is yet: name an empty folder as MUSTER_DATA, and stop Muster first.'

/** Makes the record anew from the history that an export wrote: every row, every version, every message as it came. */
export async function importHistory(
  file: string,
  { settings, folder, say, complain }: Omit<Room, 'db'>,
): Promise<ExitCode> {
  const isLocal = settings.databaseUrl.startsWith('file:')
  const out = isLocal ? fileURLToPath(settings.databaseUrl) : ''
  const isThere = await access(out).then(
    () => true,
    () => false,
  )
  if (!isLocal || isThere) {
    complain(onlyIntoNothing)
    return 1
  }
  try {
    await mkdir(dirname(out), { recursive: true, mode: 0o700 })
    const { versions, rows } = await relive(resolve(folder, file), out)
    say(`${rows} rows with their ${versions} versions`)
    return 0
  } catch (error) {
    complain(messageOf(error))
    return 1
  }
}
