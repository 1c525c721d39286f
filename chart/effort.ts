import { ChartProblem } from './problem.ts'

/**
 * What may be spent on the texts of one archive. A unit is a character that is parsed or a node that is decoded, about a
 * microsecond's work: characters count again when they are parsed again, and nodes whenever an alias repeats them.
 */
export class Effort {
  spent = 0
  readonly limit: number

  constructor(limit: number = maxEffort) {
    this.limit = limit
  }

  get left(): number {
    return Math.max(this.limit - this.spent, 0)
  }

  /** @throws EffortError when more is spent than may be */
  spend(units: number): void {
    this.spent += units
    if (this.spent > this.limit) throw new EffortError()
  }
}

/** More would have to be spent on a text than may be. */
export class EffortError extends Error {
  override name = 'EffortError'
}

/** Enough for all the YAML that an archive may hold, and a good deal of it a second time. */
const maxEffort = 16 * 1024 * 1024

/** What is told of a file that takes too much: the problem in place of an {@link EffortError}, anything else as it is. */
export function asProblem(error: unknown, path: string): unknown {
  return error instanceof EffortError ? new ChartProblem('too-laborious', { path }) : error
}
