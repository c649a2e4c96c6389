import { copyFile, mkdir, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { openRecord } from '../../src/record/db.ts'
import { settingsIn } from './settings.ts'

const births = new Map<number, Promise<string>>()

/** Lays an empty record, born at an instant, into a folder: the real one, migrated once for all tests of this process. */
export async function layRecord(folder: string, bornAt: Date): Promise<void> {
  const born = births.get(bornAt.getTime()) ?? bear(bornAt)
  births.set(bornAt.getTime(), born)
  await mkdir(folder, { recursive: true })
  await copyFile(await born, join(folder, 'muster.db'))
}

async function bear(bornAt: Date): Promise<string> {
  const folder = await mkdtemp(join(inject('births'), 'born-'))
  const db = await openRecord(settingsIn(folder), { now: bornAt, onFatal: raise })
  await db.close()
  return join(folder, 'muster.db')
}

function raise(fault: unknown): never {
  throw fault
}
