import * as z from 'zod/mini'

/** Default number of rows on a page. */
export const DEFAULT_PAGE_SIZE = 10
/** Maximum number of rows on a page; larger values are clamped. */
export const MAX_PAGE_SIZE = 100

/**
 * Schema of an integer in a query string. Absent, empty and `0` mean the default (one of the vendor's SDKs sends
 * `pageNo=0&pageSize=0` when unset); values above `max` are clamped; anything else is refused.
 */
function pageNumber(fallback: number, max: number) {
  return z.pipe(
    z.optional(z.union([z.string(), z.number()])),
    z.transform((value, context) => {
      const text = String(value ?? '').trim()
      if (text === '' || /^0+$/.test(text)) return fallback
      if (!/^\d+$/.test(text)) {
        context.issues.push({ code: 'custom', message: 'whole-number', input: value })
        return z.NEVER
      }
      return Math.min(Number(text), max)
    }),
  )
}

/** Page number, counted from 1. */
export const pageNo = pageNumber(1, 1_000_000)
/** Rows on a page, 1 to {@link MAX_PAGE_SIZE}. */
export const pageSize = pageNumber(DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)

/** Sort direction: the optional query parameter `order` of lists, which no SDK sends. */
export const order = z.optional(z.enum(['asc', 'desc']))

/** Paging fields in the response of a list. `total` counts all matching rows. */
export const pageOf = { total: z.number(), pageNo: z.number(), pageSize: z.number() }
