import { Effort, EffortError } from '../../../chart/effort.ts'
import type { Provenance } from '../../../chart/provenance.ts'
import type { YamlReader } from '../../../chart/yaml-task.ts'
import type { Registry } from '../core/registry.ts'
import { runTextTask, type TextResult, type TextTask } from './text-task.ts'

/**
 * What is read here and now of the texts of one archive, in units of effort: some 20 ms of work. Nearly every chart has
 * less than that, and starting and asking a thread would cost it more than it takes. What is longer, or turns out to be
 * laborious, goes to a thread; the tar itself is read here, as it streams in: no part of it takes long.
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
  async run<T extends TextTask>(task: T, effort: Effort): Promise<TextResult<T>> {
    const here = new Effort(Math.min(this.#atOnce, effort.left))
    if (task.body.length <= here.limit) {
      try {
        return runTextTask(task, here)
      } catch (error) {
        if (!(error instanceof EffortError)) throw error
      } finally {
        this.#atOnce -= here.spent
      }
    }
    const { result, spent, took } = await this.#registry.threads.run(task, { effort: effort.left, time: this.#time })
    effort.spend(spent)
    this.#time = Math.max(this.#time - took, 0)
    return result
  }
}

/** What reads the YAML of one archive for `readChartArchive`. */
export function yamlReader(registry: Registry): YamlReader {
  const reader = new TextReader(registry)
  return (task, effort) => reader.run(task, effort)
}

/** Reads a provenance file. Throws ChartProblem, `reading-busy`. */
export async function readProvenanceText(registry: Registry, text: string): Promise<Provenance> {
  const body = new TextEncoder().encode(text)
  return new TextReader(registry).run({ kind: 'provenance', path: '.prov', body }, new Effort())
}
