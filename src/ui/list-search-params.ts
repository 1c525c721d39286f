import * as z from 'zod/mini'
import { pageNo, pageSize } from '../../contract/ccr/paging.ts'

/** A list's state as its schema reads it. */
export type ListParams<Schema extends z.ZodMiniObject> = z.output<Schema>

/** The part of a list's state that every list has: what is looked for, and the page. */
export const listFields = { q: z._default(z.string(), ''), page: pageNo, size: pageSize }

/**
 * Reads a list's state out of an address, each key alone: a value that the schema refuses becomes its default, so an
 * address mistyped by hand still shows a list. Every key of `schema` must accept `undefined`.
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
 * `search` with `change` made to it, on the first page unless the change names one. Defaults are left out of the
 * address; other keys of the address stay.
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
