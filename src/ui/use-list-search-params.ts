import { useSearchParams } from 'react-router'
import type * as z from 'zod/mini'
import { changeListParams, type ListParams, readListParams } from './list-search-params.ts'

/**
 * Changes a list's state. Anything but a change of the page itself goes back to the first page. `typing` replaces the
 * address instead of adding to the history: nobody wants to go back letter by letter.
 */
export type SetListParams<Schema extends z.ZodMiniObject> = (
  change: Partial<ListParams<Schema>>,
  how?: 'typing' | 'chosen',
) => void

/** The part of {@link SetListParams} that every list has. */
export type SetListView = (change: { q?: string; page?: number; size?: number }, how?: 'typing' | 'chosen') => void

/** A list's state, kept in the address and read through `schema`; bad values are their defaults. */
export function useListSearchParams<Schema extends z.ZodMiniObject>(
  schema: Schema,
): [ListParams<Schema>, SetListParams<Schema>] {
  const [search, setSearch] = useSearchParams()
  const set: SetListParams<Schema> = (change, how = 'chosen') =>
    setSearch((current) => changeListParams(schema, current, change), {
      replace: how === 'typing',
      preventScrollReset: true,
    })
  return [readListParams(schema, search), set]
}
