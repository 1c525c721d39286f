import type { Budget } from '../../../chart/budget.ts'
import type { RawMetadata } from '../../../chart/chart-yaml.ts'
import { type Provenance, parseProvenance } from '../../../chart/provenance.ts'
import { runYamlTask, type YamlTask } from '../../../chart/yaml-task.ts'

/** A provenance file to parse. */
export interface ProvenanceTask {
  readonly kind: 'provenance'
  readonly path: string
  readonly body: Uint8Array
}

/** An uploaded file to parse, in the main thread or a worker thread. */
export type TextTask = YamlTask | ProvenanceTask

/** Result of a task. */
export type TextResult<T extends TextTask> = T extends ProvenanceTask ? Provenance : RawMetadata

/** Runs a task. Throws ChartProblem, BudgetError. */
export function runTextTask<T extends TextTask>(task: T, budget: Budget): TextResult<T> {
  const result = task.kind === 'provenance' ? parseProvenance(decodeText(task.body), budget) : runYamlTask(task, budget)
  return result as TextResult<T> // by the kind of the task
}

/** Decodes a provenance file, which was checked to be valid UTF-8 on upload. */
function decodeText(body: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
}
