import { parseArgs } from 'node:util'
import { FULL, type Plan, SMALL, VERSIONS } from './plan.ts'

export interface Options {
  readonly plan: Plan
  /** Whether to write the table into docs/performance.md. */
  readonly write: boolean
}

/** Parses `--small`, `--sizes 1000,10000` (versions in the stores) and `--write`. Throws on any other argument. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { small: { type: 'boolean' }, sizes: { type: 'string' }, write: { type: 'boolean' } },
  })
  const plan = values.small ? SMALL : FULL
  const stores = values.sizes === undefined ? plan.stores : chartCounts(values.sizes)
  return { plan: { ...plan, stores }, write: values.write ?? false }
}

function chartCounts(sizes: string): number[] {
  const counts = sizes.split(',').map((size) => Number(size) / VERSIONS)
  if (!counts.every((count) => Number.isSafeInteger(count) && count > 0)) {
    throw new Error(`--sizes ${sizes}: expected numbers of versions, multiples of ${VERSIONS}, such as 1000,10000.`)
  }
  return counts.toSorted((a, b) => a - b)
}
