import type { PageWanted } from '../../db/page.ts'

/** The rows that a page of the wire stands for. */
export function pageWanted({ pageNo, pageSize }: { pageNo: number; pageSize: number }): PageWanted {
  return { offset: (pageNo - 1) * pageSize, limit: pageSize }
}
