import { Budget, BudgetError } from '../../../chart/budget.ts'
import type { Provenance } from '../../../chart/provenance.ts'
import type { YamlReader } from '../../../chart/yaml-task.ts'
import type { Registry } from '../core/registry.ts'
import { runTextTask, type TextResult, type TextTask } from './text-task.ts'

/**
 * Budget for parsing the files of one archive in the main thread: about 20 ms of work. Nearly every chart needs less,
 * and passing it to a thread would cost more. Longer files, and those that exceed the budget, go to a worker thread.
 * The tar is always parsed in the main thread as it streams in, because no part of it takes long.
 */
const MAIN_THREAD_BUDGET = 32 * 1024

/** Parses the files of one archive within common limits. */
class TextReader {
  readonly #registry: Registry
  #mainThreadBudget = MAIN_THREAD_BUDGET
  #time: number

  constructor(registry: Registry) {
    this.#registry = registry
    this.#time = registry.threads.limits.longest
  }

  /** Runs a task. Throws ChartProblem, `reading-busy`. */
  async run<T extends TextTask>(task: T, budget: Budget): Promise<TextResult<T>> {
    const local = new Budget(Math.min(this.#mainThreadBudget, budget.left))
    if (task.body.length <= local.limit) {
      try {
        return runTextTask(task, local)
      } catch (error) {
        if (!(error instanceof BudgetError)) throw error
      } finally {
        this.#mainThreadBudget -= local.spent
      }
    }
    const { result, spent, took } = await this.#registry.threads.run(task, { budget: budget.left, time: this.#time })
    budget.spend(spent)
    this.#time = Math.max(this.#time - took, 0)
    return result
  }
}

/** Returns the YAML parser of one archive for `readChartArchive`. */
export function yamlReader(registry: Registry): YamlReader {
  const reader = new TextReader(registry)
  return (task, budget) => reader.run(task, budget)
}

/** Parses a provenance file. Throws ChartProblem, `reading-busy`. */
export async function readProvenanceText(registry: Registry, text: string): Promise<Provenance> {
  const body = new TextEncoder().encode(text)
  return new TextReader(registry).run({ kind: 'provenance', path: '.prov', body }, new Budget())
}
