import { parentPort } from 'node:worker_threads'
import { asProblem, Budget } from '../../../chart/budget.ts'
import { ChartProblem } from '../../../chart/problem.ts'
import { runTextTask, type TextTask } from './text-task.ts'
import type { Answer, Question } from './thread.ts'

// What runs in a thread: one task after the other, each as it is asked.
parentPort?.on('message', (question: Question<TextTask>) => parentPort?.postMessage(answerTo(question)))

function answerTo({ task, budget }: Question<TextTask>): Answer<TextTask> {
  const left = new Budget(budget)
  const started = performance.now()
  const cost = () => ({ spent: left.spent, took: performance.now() - started })
  try {
    const result = runTextTask(task, left)
    return { result, ...cost() }
  } catch (error) {
    const problem = asProblem(error, task.path)
    if (!(problem instanceof ChartProblem)) throw error
    // An error that is sent loses its class.
    return { problem: { code: problem.code, details: problem.details }, ...cost() }
  }
}
