import type { Client, InArgs, InStatement, ResultSet } from '@libsql/client/sqlite3'
import { faultOf, isAnswer, messageOf, RecordFullError, RecordLostError, RecordUnavailableError } from './faults.ts'
import { type Statement, spoken } from './saying.ts'
import type { Turns } from './turns.ts'

/** Why the door shut itself, and the exit code that says so: 75 somebody else held the lock, 74 the file is in doubt. */
export interface Fatal {
  exitCode: 74 | 75
  why: string
  cause: unknown
}
export interface GateKeeping {
  turns: Turns
  committed(): void
  onFatal(fatal: Fatal): void
  /** Throws when the one connection is no longer the one that was set up. null where settings are the server's own. */
  check: (() => Promise<void>) | null
  /** What time a write is told of that nobody tells the time of. */
  clock: (() => Date) | undefined
}

/** The driver with a keeper before it: writes take turns and are counted, and whatever puts the file in doubt shuts it for good. */
export function keepGate(client: Client, { turns, committed, onFatal, check, clock }: GateKeeping): Client {
  const gate: { lost: RecordLostError | null } = { lost: null }

  async function write(statements: Statement[]): Promise<ResultSet[]> {
    return turns.inTurn(async () => {
      const results = await watched(() => client.batch(spoken(statements, clock), 'write'))
      committed()
      return results.slice(1, -1)
    })
  }
  async function read(statements: Statement[]): Promise<ResultSet[]> {
    return watched(() => client.batch(statements, 'deferred'))
  }
  async function watched<T>(work: () => Promise<T>): Promise<T> {
    if (gate.lost) throw gate.lost
    try {
      return await work()
    } catch (error) {
      throw await judged(error)
    }
  }
  async function judged(error: unknown): Promise<unknown> {
    const fault = faultOf(error)
    if (check === null) return remoteFault(error)
    if (fault === 'busy') return shut({ exitCode: 75, why: 'another process locked the record', cause: error })
    if (fault === 'lost') return shut({ exitCode: 74, why: 'the record cannot be trusted any more', cause: error })
    return (await doubtAfter(check)) ?? (fault === 'full' ? fullError(error) : error)
  }
  /** After a failure the driver may have swapped its connection or left a transaction open; neither may go on. */
  async function doubtAfter(ask: () => Promise<void>): Promise<RecordLostError | null> {
    try {
      await client.batch([], 'write')
      await ask()
      return null
    } catch (cause) {
      if (faultOf(cause) === 'full') return null
      return shut({ exitCode: 74, why: 'the connection to the record is not the one that was set up', cause })
    }
  }
  function shut(fatal: Fatal): RecordLostError {
    if (gate.lost) return gate.lost
    gate.lost = new RecordLostError(`${fatal.why}: ${messageOf(fatal.cause)}`, { cause: fatal.cause })
    onFatal(fatal)
    return gate.lost
  }

  return {
    async execute(statement: InStatement, args?: InArgs) {
      const asked = typeof statement === 'string' ? { sql: statement, args: args ?? [] } : statement
      const [result] = isRead(asked) ? [await watched(() => client.execute(asked))] : await write([asked])
      if (!result) throw new Error('the driver answered nothing')
      return result
    },
    batch: (statements) => (statements.every(isRead) ? read(statements) : write(statements)),
    migrate: (statements) => turns.inTurn(() => watched(() => client.migrate(statements))),
    transaction: () =>
      Promise.reject(new Error('no interactive transactions here: read within alone, then write one batch')),
    executeMultiple: () => Promise.reject(new Error('no scripts here: write one batch')),
    sync: () => client.sync(),
    close: () => client.close(),
    reconnect: () => client.reconnect(),
    get closed() {
      return client.closed
    },
    protocol: client.protocol,
  }
}

function isRead(statement: Statement): boolean {
  const asked = typeof statement === 'string' ? statement : Array.isArray(statement) ? statement[0] : statement.sql
  if (/^\s*with\b/i.test(asked)) return !/\b(insert|update|delete)\b/i.test(asked)
  return /^\s*(\(*\s*(select|values|explain)\b|pragma\s+"?\w+"?\s*$)/i.test(asked)
}

// The server answers for its own file; what it did not answer may have been kept or not, and is safe to send again.
function remoteFault(error: unknown): unknown {
  const fault = faultOf(error)
  if (fault === 'full') return fullError(error)
  if (fault === 'query' && isAnswer(error)) return error
  return new RecordUnavailableError(`the libSQL server is not there: ${messageOf(error)}`, { cause: error })
}

function fullError(cause: unknown): RecordFullError {
  return new RecordFullError('the disk is full: nothing of this was kept', { cause })
}
