import type { PaginationProps } from 'antd'
import { cloneElement, isValidElement, type ReactNode } from 'react'
import { PAGE_SIZES } from '../../contract/domain/preferences.ts'
import { currentMessages } from '../i18n/language.ts'
import type { SetListView } from './use-list-search-params.ts'

/** Where a list stands among its pages: its state as the address has it, and how many rows there are in all. */
export interface ListPaging {
  readonly view: { readonly page: number; readonly size: number }
  readonly setView: SetListView
  readonly total: number
}

/** antd's pagination for a list that the server pages. A list that fits on the smallest page has none. */
export function tablePaging({ view, setView, total }: ListPaging): PaginationProps | false {
  if (total <= PAGE_SIZES[0] && view.page === 1) return false
  const { previousPage, nextPage } = currentMessages().common
  return {
    current: view.page,
    pageSize: view.size,
    total,
    size: 'small',
    showSizeChanger: { 'aria-label': currentMessages().common.rowsPerPage, showSearch: false },
    pageSizeOptions: [...PAGE_SIZES],
    showTotal: (total) => currentMessages().common.total(total),
    itemRender: (_page, type, item) =>
      type === 'prev' ? named(item, previousPage) : type === 'next' ? named(item, nextPage) : item,
    onChange: (page, size) => setView(size === view.size ? { page } : { size }),
  }
}

/** antd names its arrow buttons by their icons, in English. */
function named(item: ReactNode, name: string): ReactNode {
  return isValidElement<{ 'aria-label'?: string }>(item) ? cloneElement(item, { 'aria-label': name }) : item
}

/** The last page that has rows; 1 when there are none. */
export function lastPage(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size))
}
