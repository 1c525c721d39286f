import * as z from 'zod/mini'
import { MAX_PAGE_SIZE, pageNo } from '../../contract/ccr/paging.ts'
import type { ListSorts } from '../../contract/console/preferences.ts'
import { CONSOLE_PAGE_SIZE } from '../../contract/domain/preferences.ts'
import type { ListPreferences } from './list-preferences.ts'

/** A list's state, parsed by its schema. */
export type ListParams<Schema extends z.ZodMiniObject> = z.output<Schema>

/** Rows per page: the console's default if missing or invalid, capped at the maximum of the management API. */
export const pageSizeParam = z.pipe(
  z.optional(z.union([z.string(), z.number()])),
  z.transform((value) => {
    const size = Number(value ?? '')
    return Number.isInteger(size) && size > 0 ? Math.min(size, MAX_PAGE_SIZE) : CONSOLE_PAGE_SIZE
  }),
)

/** State common to all lists: search text, page number and page size. */
export const listFields = { q: z._default(z.string(), ''), page: pageNo, size: pageSizeParam }

/**
 * Reads a list's state from a URL, key by key: an invalid value becomes its default, so that a mistyped URL still shows
 * a list. Every key of `schema` must accept `undefined`.
 */
export function readListParams<Schema extends z.ZodMiniObject>(
  schema: Schema,
  search: URLSearchParams,
): ListParams<Schema> {
  const entries = Object.entries(schema.shape).map(([key, field]) => {
    const parsed = z.safeParse(field as z.ZodMiniType, search.get(key) ?? undefined) // a field of a mini object
    return [key, parsed.success ? parsed.data : defaultOf(field as z.ZodMiniType)] // as above
  })
  return Object.fromEntries(entries)
}

/**
 * Returns `search` with missing values filled in from the preferences: the page size, and the sort of the list that
 * `sorted` names. Search results are not sorted: they come best match first.
 */
export function withPreferences(
  search: URLSearchParams,
  { pageSize, sorts }: ListPreferences,
  sorted?: keyof ListSorts,
): URLSearchParams {
  const completed = new URLSearchParams(search)
  if (!completed.has('size')) completed.set('size', String(pageSize))
  const sort = sorted && sorts[sorted]
  if (sort && !completed.has('orderBy') && !completed.get('q')) {
    completed.set('orderBy', sort.orderBy)
    completed.set('order', sort.order)
  }
  return completed
}

/**
 * Returns `search` with `change` applied, on the first page unless the change sets the page. Defaults are omitted from
 * the URL; other keys stay.
 */
export function changeListParams<Schema extends z.ZodMiniObject>(
  schema: Schema,
  search: URLSearchParams,
  change: Partial<ListParams<Schema>>,
): URLSearchParams {
  const changed = new URLSearchParams(search)
  changed.delete('page')
  for (const [key, value] of Object.entries(change)) {
    const field = schema.shape[key] as z.ZodMiniType | undefined // as above
    const isDefault = value === undefined || value === '' || (field && value === defaultOf(field))
    if (isDefault) changed.delete(key)
    else changed.set(key, String(value))
  }
  return changed
}

function defaultOf(field: z.ZodMiniType): unknown {
  return z.safeParse(field, undefined).data
}
