import type { PaginationProps } from 'antd'
import { MAX_PAGE_SIZE } from '../../contract/ccr/paging.ts'
import { currentMessages } from '../i18n/language.ts'

/** Rows on a page that a reader can choose. */
export const PAGE_SIZES = [10, 20, 50, MAX_PAGE_SIZE] as const

/** antd's pagination for a list that the server pages. A list that fits on the smallest page has none. */
export function tablePaging(list: {
  page: number
  size: number
  total: number
  onChange: (page: number, size: number) => void
}): PaginationProps | false {
  if (list.total <= PAGE_SIZES[0] && list.page === 1) return false
  return {
    current: list.page,
    pageSize: list.size,
    total: list.total,
    size: 'small',
    showSizeChanger: { 'aria-label': currentMessages().common.rowsPerPage, showSearch: false },
    pageSizeOptions: [...PAGE_SIZES],
    showTotal: (total) => currentMessages().common.total(total),
    onChange: list.onChange,
  }
}

/** The page to show after `deleted` of the `shown` rows of a page are gone: the one before when none is left. */
export function pageAfterDeletion(page: number, shown: number, deleted: number): number {
  return deleted >= shown && page > 1 ? page - 1 : page
}

/** The last page that has rows; 1 when there are none. */
export function lastPage(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size))
}
