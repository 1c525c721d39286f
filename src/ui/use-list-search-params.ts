import { useSearchParams } from 'react-router'
import type * as z from 'zod/mini'
import type { ListSorts } from '../../contract/console/preferences.ts'
import { PAGE_SIZES } from '../../contract/domain/preferences.ts'
import { useListPreferences } from '../session/use-list-preferences.ts'
import type { PartialListPreferences } from './list-preferences.ts'
import { changeListParams, type ListParams, readListParams, withPreferences } from './list-search-params.ts'

/**
 * Changes a list's state, and returns to the first page unless the change sets the page. `typing` replaces the history
 * entry, so that Back does not step through the typed letters.
 */
export type SetListParams<Schema extends z.ZodMiniObject> = (
  change: Partial<ListParams<Schema>>,
  how?: 'typing' | 'chosen',
) => void

/** {@link SetListParams} for the state common to all lists. */
export type SetListView = (change: { q?: string; page?: number; size?: number }, how?: 'typing' | 'chosen') => void

/**
 * Returns a list's state, stored in the URL and parsed by `schema` with defaults for invalid values, and its setter.
 * Page size and, for the list that `sorted` names, the sort default to the user's preferences; setting one changes the
 * URL and the preferences.
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

/** Returns the part of a change to store as a preference, if any. */
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
