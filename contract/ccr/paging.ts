import * as z from 'zod/mini'

/** Rows on a page when the caller does not say. */
export const DEFAULT_PAGE_SIZE = 10
/** Rows on a page at most; more is clamped to this. */
export const MAX_PAGE_SIZE = 100

/**
 * A whole number from a query string. Absent, empty and `0` mean the default (an SDK of the vendor sends
 * `pageNo=0&pageSize=0` when nothing is set); above `max` is clamped; anything else is refused.
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

/** Direction of a sort; the optional query `order` of lists, which no SDK sends. */
export const order = z.optional(z.enum(['asc', 'desc']))

/** The part of a list's answer that tells where the page stands. `total` counts all rows that match. */
export const pageOf = { total: z.number(), pageNo: z.number(), pageSize: z.number() }
