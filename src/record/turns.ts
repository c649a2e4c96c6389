import { AsyncLocalStorage } from 'node:async_hooks'

/** One at a time, in the order asked. Who already has the turn does not queue for it again. */
export interface Turns {
  /** Holds the turn until `work` ends. Asked from within another `alone`, it throws: the two would wait for each other. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Runs at once within `alone`, else waits for the turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
}

/** Whose turn it is travels with the asynchronous context; work left behind by an `alone` that ended queues like any other. */
export function takeTurns(): Turns {
  const holding = new AsyncLocalStorage<{ over: boolean }>()
  const line: { end: Promise<unknown> } = { end: Promise.resolve() }

  function queued<T>(work: () => Promise<T>): Promise<T> {
    const turn = line.end.then(work)
    line.end = turn.catch(() => undefined)
    return turn
  }
  function hasTurn(): boolean {
    return holding.getStore()?.over === false
  }
  return {
    async alone(work) {
      if (hasTurn()) throw new Error('alone within alone: the inner one would wait for the outer one for ever')
      const turn = { over: false }
      return queued(() => holding.run(turn, work).finally(() => Object.assign(turn, { over: true })))
    },
    inTurn(work) {
      return hasTurn() ? work() : queued(work)
    },
  }
}
