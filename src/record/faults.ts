/** The write was refused, or nothing can be written at present. It was not acknowledged; trying again later may succeed. */
export class RecordUnavailableError extends Error {
  override name = 'RecordUnavailableError'
}
/** The disk holds no more. Nothing of the write was kept; the record still reads, and writes again once there is room. */
export class RecordFullError extends RecordUnavailableError {
  override name = 'RecordFullError'
}
/** Another process holds the record. */
export class RecordInUseError extends RecordUnavailableError {
  override name = 'RecordInUseError'
}
/** The door has shut itself: the file or the lock is in doubt, and what cannot be trusted is not written to. */
export class RecordLostError extends RecordUnavailableError {
  override name = 'RecordLostError'
}
/** The record cannot be opened as it stands: wrong settings, a newer schema, a folder that cannot be written. */
export class RecordRefusedError extends Error {
  override name = 'RecordRefusedError'
}

export type Fault = 'full' | 'busy' | 'lost' | 'query'

/** Which of four faults an error of the driver is. 'busy' and 'lost' end the process; 'query' is the asker's own mistake. */
export function faultOf(error: unknown): Fault {
  const code = codeOf(error)
  if (code.startsWith('SQLITE_FULL')) return 'full'
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy'
  if (lostCodes.some((lost) => code.startsWith(lost)) || wedged.test(messageOf(error))) return 'lost'
  return 'query'
}

/** Whether the database itself said it, rather than the way to it. */
export function isAnswer(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_')
}

/** The first of an error and its causes that is one of ours, else the error itself: drizzle wraps what it throws. */
export function unwrapped(error: unknown): unknown {
  const own = causes(error).find((cause) => cause instanceof RecordUnavailableError)
  return own ?? error
}

export function messageOf(error: unknown): string {
  return causes(error)
    .map((cause) => (cause instanceof Error ? cause.message : String(cause)))
    .join(': ')
}

const lostCodes = [
  'SQLITE_IOERR',
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_PROTOCOL',
]
// A statement that met BUSY stays open in the driver, and later writes sit in a transaction that never commits.
const wedged = /statements in progress|within a transaction|TRANSACTION_ACTIVE/

function codeOf(error: unknown): string {
  const coded = causes(error).find(
    (cause) => cause instanceof Error && 'code' in cause && typeof cause.code === 'string',
  )
  return coded instanceof Error && 'code' in coded ? String(coded.code) : ''
}

function causes(error: unknown): unknown[] {
  return error instanceof Error && error.cause !== undefined ? [error, ...causes(error.cause)] : [error]
}
