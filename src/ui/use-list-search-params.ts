import { useSearchParams } from 'react-router'
import type * as z from 'zod/mini'
import type { ListSorts } from '../../contract/console/preferences.ts'
import { PAGE_SIZES } from '../../contract/domain/preferences.ts'
import { useListPreferences } from '../session/use-list-preferences.ts'
import type { PartialListPreferences } from './list-preferences.ts'
import { changeListParams, type ListParams, readListParams, withPreferences } from './list-search-params.ts'

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

/**
 * A list's state, kept in the URL and read through `schema`; bad values are their defaults. Page size and, for the list
 * that `sorted` names, the sort come from the reader's preferences where the URL has none; choosing them changes both.
 */
export function useListSearchParams<Schema extends z.ZodMiniObject>(
  schema: Schema,
  sorted?: keyof ListSorts,
): [ListParams<Schema>, SetListParams<Schema>] {
  const [search, setSearch] = useSearchParams()
  const [preferences, changePreferences] = useListPreferences()
  const set: SetListParams<Schema> = (change, how = 'chosen') => {
    const preferred = preferencesIn(change, sorted)
    if (preferred) changePreferences(preferred)
    setSearch((current) => changeListParams(schema, current, change), {
      replace: how === 'typing',
      preventScrollReset: true,
    })
  }
  return [readListParams(schema, withPreferences(search, preferences, sorted)), set]
}

/** What of a change is worth remembering; undefined for nothing. */
function preferencesIn(
  change: { readonly size?: unknown; readonly orderBy?: unknown; readonly order?: unknown },
  sorted: keyof ListSorts | undefined,
): PartialListPreferences | undefined {
  const pageSize = PAGE_SIZES.find((size) => size === change.size)
  if (pageSize) return { pageSize }
  if (!sorted || !('orderBy' in change)) return undefined
  const sort = change.orderBy === undefined ? null : { orderBy: change.orderBy, order: change.order ?? 'asc' }
  return { sorts: { [sorted]: sort } } as PartialListPreferences // an order of this very list: its schema says so
}
