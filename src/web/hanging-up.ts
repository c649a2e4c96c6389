import { type Asker, standingIds } from '../record/askers.ts'
import type { Db } from '../record/db.ts'
import { isLocked } from '../record/sessions.ts'

interface Watched {
  hangUp: () => void
  asker: Asker
}
interface Watch {
  lines: Set<Watched>
  timer: NodeJS.Timeout | null
  version: number
}
const watches = new WeakMap<Db, Watch>()
const everyMs = 1_000

/** A connection that stays open ends with what it was opened by: a session, a token, or that nobody had signed in yet. */
export function hangUpWhenEnded(db: Db, asker: Asker, hangUp: () => void): () => void {
  const watch = watches.get(db) ?? { lines: new Set(), timer: null, version: db.version }
  watches.set(db, watch)
  const line = { hangUp, asker }
  watch.lines.add(line)
  watch.timer ??= setInterval(() => void look(db, watch), everyMs).unref()
  return () => {
    watch.lines.delete(line)
    if (watch.lines.size === 0 && watch.timer) clearInterval(watch.timer)
    if (watch.lines.size === 0) watch.timer = null
  }
}

// Whatever ends a session is a write: where nothing was written, nothing has ended.
async function look(db: Db, watch: Watch): Promise<void> {
  if (watch.version === db.version) return
  watch.version = db.version
  try {
    const [standing, locked] = await Promise.all([standingIds(db), isLocked(db)])
    for (const { asker, hangUp } of [...watch.lines]) if (hasEnded(asker, standing, locked)) hangUp()
  } catch {
    watch.version = -1 // the record could not be asked: look again
  }
}

function hasEnded(asker: Asker, standing: ReadonlySet<string>, locked: boolean): boolean {
  switch (asker.kind) {
    case 'open':
      return locked
    case 'person':
      return !standing.has(asker.session)
    case 'projector':
    case 'token':
      return !standing.has(asker.id)
    case 'anonymous':
    case 'refused':
      return true
  }
}
