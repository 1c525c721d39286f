import { Budget, BudgetError } from '../../../chart/budget.ts'
import type { Provenance } from '../../../chart/provenance.ts'
import type { YamlReader } from '../../../chart/yaml-task.ts'
import type { Registry } from '../core/registry.ts'
import { runTextTask, type TextResult, type TextTask } from './text-task.ts'

/**
 * Budget for reading the texts of one archive in the main thread: some 20 ms of work. Nearly every chart needs less, and
 * handing it to a thread would cost more than that. Longer texts, and those that turn out to exceed it, go to a thread.
 * The tar itself is always read here as it streams in, because no part of it takes long.
 */
const AT_ONCE = 32 * 1024

/** Reads the texts of one archive, within common bounds. */
class TextReader {
  readonly #registry: Registry
  #atOnce = AT_ONCE
  #time: number

  constructor(registry: Registry) {
    this.#registry = registry
    this.#time = registry.threads.limits.longest
  }

  /** Does a task. Throws ChartProblem, `reading-busy`. */
  async run<T extends TextTask>(task: T, budget: Budget): Promise<TextResult<T>> {
    const here = new Budget(Math.min(this.#atOnce, budget.left))
    if (task.body.length <= here.limit) {
      try {
        return runTextTask(task, here)
      } catch (error) {
        if (!(error instanceof BudgetError)) throw error
      } finally {
        this.#atOnce -= here.spent
      }
    }
    const { result, spent, took } = await this.#registry.threads.run(task, { budget: budget.left, time: this.#time })
    budget.spend(spent)
    this.#time = Math.max(this.#time - took, 0)
    return result
  }
}

/** What reads the YAML of one archive for `readChartArchive`. */
export function yamlReader(registry: Registry): YamlReader {
  const reader = new TextReader(registry)
  return (task, budget) => reader.run(task, budget)
}

/** Reads a provenance file. Throws ChartProblem, `reading-busy`. */
export async function readProvenanceText(registry: Registry, text: string): Promise<Provenance> {
  const body = new TextEncoder().encode(text)
  return new TextReader(registry).run({ kind: 'provenance', path: '.prov', body }, new Budget())
}
