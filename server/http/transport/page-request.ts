import type { PageRequest } from '../../db/page.ts'

/** The rows that a page of the wire stands for. */
export function pageRequest({ pageNo, pageSize }: { pageNo: number; pageSize: number }): PageRequest {
  return { offset: (pageNo - 1) * pageSize, limit: pageSize }
}
