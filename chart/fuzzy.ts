/** How a query matches a text: 0 exactly, 1 as its beginning, 2 somewhere in it, 3 scattered over it. */
export interface FuzzyMatch {
  rank: 0 | 1 | 2 | 3
  /** UTF-16 indexes into the text as it was given, ascending, for highlighting. */
  positions: number[]
}

/**
 * The form in which names are compared: each character in lower case, regardless of its neighbours and of the locale.
 * A store keeps this form in a column and searches in it.
 */
export function foldName(text: string): string {
  return Array.from(text, (character) => character.toLowerCase()).join('')
}

/**
 * Finds `query` in `text`, without regard to case. Every character stands for itself: there are no wildcards.
 * A substring is marked where it first stands; scattered characters are each marked at the first place left for them.
 * @returns null when some character of the query is missing or out of order. An empty query matches everything.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const wanted = foldName(query)
  if (wanted === '') return { rank: 0, positions: [] }
  const { folded, origins } = foldWithOrigins(text)
  const rank = fuzzyRank(wanted, folded)
  if (rank === null) return null
  const start = folded.indexOf(wanted)
  const units = rank === 3 ? scattered(wanted, folded) : range(start, start + wanted.length)
  return { rank, positions: positionsOf(units, origins) }
}

/** How `wanted` matches a text, both in the form of {@link foldName}: for many texts. Null where it does not. */
export function fuzzyRank(wanted: string, folded: string): FuzzyMatch['rank'] | null {
  const start = folded.indexOf(wanted)
  if (start >= 0) return start > 0 ? 2 : folded.length > wanted.length ? 1 : 0
  let from = 0
  for (const character of wanted) {
    const index = folded.indexOf(character, from)
    if (index < 0) return null
    from = index + character.length
  }
  return 3
}

/** Where a unit of the folded text comes from: some characters become longer in lower case. */
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

/** Where each character is first, after the one before: for a text in which they all are. */
function scattered(wanted: string, folded: string): number[] {
  const found: number[] = []
  let from = 0
  for (const character of wanted) {
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
