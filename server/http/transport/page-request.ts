import type { PageRequest } from '../../db/page.ts'

/** Converts a page number, counted from 1, to an offset. */
export function pageRequest({ pageNo, pageSize }: { pageNo: number; pageSize: number }): PageRequest {
  return { offset: (pageNo - 1) * pageSize, limit: pageSize }
}
