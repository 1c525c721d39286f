/** A stretch of a text that was matched as a whole, or not at all. */
export interface Run {
  readonly start: number
  readonly text: string
  readonly matched: boolean
}

/** Cuts `text` where matched and unmatched letters meet. `positions` are UTF-16 indexes, in order. */
export function matchedRuns(text: string, positions: readonly number[]): Run[] {
  const matched = new Set(positions)
  const runs: Run[] = []
  let start = 0
  for (let index = 1; index <= text.length; index++) {
    if (index < text.length && matched.has(index) === matched.has(start)) continue
    runs.push({ start, text: text.slice(start, index), matched: matched.has(start) })
    start = index
  }
  return runs
}
