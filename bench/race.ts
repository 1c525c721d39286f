import { percentile } from './steady-load.ts'

/** Rounds per racer. Racers alternate, so that a disturbance of the machine affects all of them. */
const ROUNDS = 5

export type Task = () => Promise<unknown>

/** A competitor: prepares the tasks of a round. The preparation is not measured. */
export type Racer = (round: number) => Promise<readonly Task[]>

/** Runs the racers in turn with `clients` concurrent tasks; returns each racer's median rate in tasks per second. */
export async function race(racers: readonly Racer[], clients: number): Promise<number[]> {
  const rates = racers.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, racer] of racers.entries()) {
      const tasks = await racer(round)
      const started = performance.now()
      await doAll(tasks, clients)
      rates[index]?.push((tasks.length * 1000) / (performance.now() - started))
    }
  }
  return rates.map((all) =>
    percentile(
      all.toSorted((a, b) => a - b),
      0.5,
    ),
  )
}

/** Runs all tasks, `clients` of them concurrently. */
export async function doAll(tasks: readonly Task[], clients: number): Promise<void> {
  const left = tasks.values()
  const client = async () => {
    for (const task of left) await task()
  }
  await Promise.all(Array.from({ length: clients }, client))
}
