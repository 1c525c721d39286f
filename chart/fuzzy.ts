export interface FuzzyMatch {
  /** 0 exact, 1 prefix, 2 substring, 3 scattered characters. */
  rank: 0 | 1 | 2 | 3
  /** UTF-16 indexes into the original text, ascending, for highlighting. */
  positions: number[]
}

/**
 * Folds a name for comparison: each character to lower case, regardless of its neighbours and of the locale.
 * The database keeps the folded name in a column and searches in it.
 */
export function foldName(text: string): string {
  return Array.from(text, (character) => character.toLowerCase()).join('')
}

/**
 * Matches `query` against `text`, ignoring case. There are no wildcards. A substring is marked at its first occurrence,
 * scattered characters each at the first position after the one before.
 * @returns null when a character of the query is missing or out of order. An empty query matches everything.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const needle = foldName(query)
  if (needle === '') return { rank: 0, positions: [] }
  const { folded, origins } = foldWithOrigins(text)
  const rank = fuzzyRank(needle, folded)
  if (rank === null) return null
  const start = folded.indexOf(needle)
  const units = rank === 3 ? scattered(needle, folded) : range(start, start + needle.length)
  return { rank, positions: positionsOf(units, origins) }
}

/** Rank of a match between texts already folded by {@link foldName}; null without one. Cheap enough for many texts. */
export function fuzzyRank(needle: string, folded: string): FuzzyMatch['rank'] | null {
  const start = folded.indexOf(needle)
  if (start >= 0) return start > 0 ? 2 : folded.length > needle.length ? 1 : 0
  let from = 0
  for (const character of needle) {
    const index = folded.indexOf(character, from)
    if (index < 0) return null
    from = index + character.length
  }
  return 3
}

/** Range of the original text that a unit of the folded text comes from: lower case can be longer. */
type Origin = { start: number; end: number }

function foldWithOrigins(text: string): { folded: string; origins: Origin[] } {
  let folded = ''
  let start = 0
  const origins: Origin[] = []
  for (const character of text) {
    const lower = character.toLowerCase()
    folded += lower
    const origin = { start, end: start + character.length }
    for (let unit = 0; unit < lower.length; unit++) origins.push(origin)
    start = origin.end
  }
  return { folded, origins }
}

/** Positions of each character at its first occurrence after the one before. All must occur. */
function scattered(needle: string, folded: string): number[] {
  const found: number[] = []
  let from = 0
  for (const character of needle) {
    const index = folded.indexOf(character, from)
    from = index + character.length
    found.push(...range(index, from))
  }
  return found
}

function positionsOf(units: number[], origins: Origin[]): number[] {
  const positions = new Set<number>()
  for (const unit of units) {
    const origin = origins[unit]
    if (origin) for (const position of range(origin.start, origin.end)) positions.add(position)
  }
  return [...positions]
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index)
}
