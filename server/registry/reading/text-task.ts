import type { Budget } from '../../../chart/budget.ts'
import type { RawMetadata } from '../../../chart/chart-yaml.ts'
import { type Provenance, parseProvenance } from '../../../chart/provenance.ts'
import { runYamlTask, type YamlTask } from '../../../chart/yaml-task.ts'

/** A provenance file that is to be read. */
export interface ProvenanceTask {
  readonly kind: 'provenance'
  readonly path: string
  readonly body: Uint8Array
}

/** A text that somebody has sent and that is to be read, here or in a thread. */
export type TextTask = YamlTask | ProvenanceTask

/** What comes of a task. */
export type TextResult<T extends TextTask> = T extends ProvenanceTask ? Provenance : RawMetadata

/** Does a task. Throws ChartProblem, BudgetError. */
export function runTextTask<T extends TextTask>(task: T, budget: Budget): TextResult<T> {
  const result = task.kind === 'provenance' ? parseProvenance(decodeText(task.body), budget) : runYamlTask(task, budget)
  return result as TextResult<T> // by the kind of the task
}

/** A provenance file has been found to be UTF-8 when it came in. */
function decodeText(body: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
}
