import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { foldName } from '../../chart/fuzzy.ts'

/** A search in a folded column, to be put into a query. Agrees with `fuzzyMatch` of `chart/fuzzy.ts`. */
export interface FuzzySearch {
  readonly matches: RawBuilder<SqlBool>
  /** 0 exact, 1 prefix, 2 substring, 3 scattered. */
  readonly rank: RawBuilder<number>
}

/**
 * Looks for `query` in `column`, which holds text as `foldName` makes it. Undefined when there is nothing to look for:
 * an empty query matches everything.
 */
export function fuzzySearch(column: string, query: string | undefined): FuzzySearch | undefined {
  const folded = foldName(query ?? '')
  if (folded === '') return undefined
  const text = sql.ref(column)
  const whole = escapeLike(folded)
  const scattered = `%${Array.from(folded, escapeLike).join('%')}%`
  return {
    matches: sql<SqlBool>`${text} like ${scattered} escape '\\'`,
    rank: sql<number>`case when ${text} = ${folded} then 0
      when ${text} like ${`${whole}%`} escape '\\' then 1
      when ${text} like ${`%${whole}%`} escape '\\' then 2
      else 3 end`,
  }
}

/** The text as a LIKE pattern that stands for itself alone. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
