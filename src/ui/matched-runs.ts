/** A substring of which all characters are matched, or none. */
export interface Run {
  readonly start: number
  readonly text: string
  readonly matched: boolean
}

/** Splits `text` into matched and unmatched runs. `positions` are the UTF-16 indexes that matched, ascending. */
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
