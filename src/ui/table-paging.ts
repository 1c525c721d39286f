import type { PaginationProps } from 'antd'
import { cloneElement, isValidElement, type ReactNode } from 'react'
import { PAGE_SIZES } from '../../contract/domain/preferences.ts'
import { currentMessages } from '../i18n/language.ts'
import type { SetListView } from './use-list-search-params.ts'

/** Paging of a list: its state from the URL, and the number of rows on all pages. */
export interface ListPaging {
  readonly view: { readonly page: number; readonly size: number }
  readonly setView: SetListView
  readonly total: number
}

/** Props of antd's pagination for a list paged by the server; false if the list fits on the smallest page. */
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

/** Labels an arrow button, which antd names after its icon, in English. */
function named(item: ReactNode, name: string): ReactNode {
  return isValidElement<{ 'aria-label'?: string }>(item) ? cloneElement(item, { 'aria-label': name }) : item
}

/** Number of the last page that has rows; 1 for an empty list. */
export function lastPage(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size))
}
