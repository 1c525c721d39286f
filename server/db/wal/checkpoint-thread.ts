import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

// Thread that moves the log into the database: one pass for each `pass`, until `end`.

/** Input of the thread. `timeout`: how long to wait for another process, in milliseconds. */
export interface CheckpointInput {
  readonly file: string
  readonly timeout: number
}

export type CheckpointRequest = 'pass' | 'end'

/** Outcome of a pass. SQLite's errors lose their code when they are sent, so it is sent beside the message. */
export type PassOutcome = 'passed' | { readonly message: string; readonly errcode: unknown }

const { file, timeout }: CheckpointInput = workerData
let database: DatabaseSync | undefined
parentPort?.on('message', (request: CheckpointRequest) => {
  if (request === 'pass') parentPort?.postMessage(pass())
  else {
    database?.close()
    parentPort?.close()
  }
})

/** Moves as much of the log as possible without waiting for readers and writers. */
function pass(): PassOutcome {
  try {
    database ??= new DatabaseSync(file, { timeout })
    database.exec('pragma wal_checkpoint(passive)')
    return 'passed'
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: unknown } // node:sqlite throws errors only
    return { message, errcode }
  }
}
