import { percentile } from './steady-load.ts'

/** Turns that each racer gets: they alternate, so that what disturbs the machine disturbs them all. */
const ROUNDS = 5

export type Task = () => Promise<unknown>

/** Somebody who is measured beside others: makes what is to be done in a round, which does not count. */
export type Racer = (round: number) => Promise<readonly Task[]>

/** How many tasks each racer does in a second, by so many clients at a time: in half of its rounds it did no more. */
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

/** Does all tasks, by so many clients, each of which takes the next one when it is done with one. */
export async function doAll(tasks: readonly Task[], clients: number): Promise<void> {
  const left = tasks.values()
  const client = async () => {
    for (const task of left) await task()
  }
  await Promise.all(Array.from({ length: clients }, client))
}
