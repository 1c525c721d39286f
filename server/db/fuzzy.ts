import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { foldName } from '../../chart/fuzzy.ts'

/** SQL expressions of a search in a folded column. Equivalent to `fuzzyMatch` of `chart/fuzzy.ts`. */
export interface FuzzySearch {
  readonly matches: RawBuilder<SqlBool>
  /** 0 exact, 1 prefix, 2 substring, 3 scattered. */
  readonly rank: RawBuilder<number>
}

/**
 * Returns the expressions to search for `query` in `column`, which contains text folded by `foldName`. Undefined for an
 * empty query, which matches everything.
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

/** Escapes a text as a LIKE pattern. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
