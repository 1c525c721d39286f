import { parentPort } from 'node:worker_threads'
import { asProblem, Budget } from '../../../chart/budget.ts'
import { ChartProblem } from '../../../chart/problem.ts'
import { runTextTask, type TextTask } from './text-task.ts'
import type { TaskMessage, TaskReply } from './thread.ts'

// Entry point of a worker thread, which runs one task at a time.
parentPort?.on('message', (message: TaskMessage<TextTask>) => parentPort?.postMessage(replyTo(message)))

function replyTo({ task, budget }: TaskMessage<TextTask>): TaskReply<TextTask> {
  const left = new Budget(budget)
  const started = performance.now()
  const cost = () => ({ spent: left.spent, took: performance.now() - started })
  try {
    const result = runTextTask(task, left)
    return { result, ...cost() }
  } catch (error) {
    const problem = asProblem(error, task.path)
    if (!(problem instanceof ChartProblem)) throw error
    // An error would lose its class in a message.
    return { problem: { code: problem.code, details: problem.details }, ...cost() }
  }
}
