import { ChartProblem } from './problem.ts'

/**
 * Budget for reading the texts of one archive. A unit is a character parsed or a node decoded, about a microsecond of
 * work. Characters count again when they are parsed again, and nodes each time an alias repeats them.
 */
export class Budget {
  spent = 0
  readonly limit: number

  constructor(limit: number = defaultLimit) {
    this.limit = limit
  }

  get left(): number {
    return Math.max(this.limit - this.spent, 0)
  }

  /** @throws BudgetError when the budget is exceeded */
  spend(units: number): void {
    this.spent += units
    if (this.spent > this.limit) throw new BudgetError()
  }
}

/** Reading a text would exceed its budget. */
export class BudgetError extends Error {
  override name = 'BudgetError'
}

/** Enough for all the YAML that an archive may hold, and much of it a second time. */
const defaultLimit = 16 * 1024 * 1024

/** Turns a {@link BudgetError} into the ChartProblem `over-budget`; returns any other error as it is. */
export function asProblem(error: unknown, path: string): unknown {
  return error instanceof BudgetError ? new ChartProblem('over-budget', { path }) : error
}
