import { ReloadOutlined } from '@ant-design/icons'
import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import { errorWithStatus } from '../api/api-error.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { DensityButton } from './DensityButton.tsx'
import styles from './ListPanel.module.css'
import { PastTheEnd } from './PastTheEnd.tsx'
import panelStyles from './panel.module.css'
import { QueryState } from './QueryState.tsx'
import { SearchInput } from './SearchInput.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { lastPage } from './table-paging.ts'
import type { SetListView } from './use-list-search-params.ts'
import type { VisibleSelection } from './use-visible-selection.ts'

/**
 * Frame of a list that the server searches and pages: a toolbar, which the selection bar covers while rows are selected,
 * and below it the rows, an empty state, or the error. `children` renders the rows, as a `ListTable`.
 */
export function ListPanel<Data extends object>({
  label,
  scope,
  search,
  filters,
  actions,
  view,
  setView,
  query,
  rowQueries = [],
  rowsOf,
  selection,
  selectionActions,
  empty,
  missing,
  children,
}: {
  /** Accessible name of the list. */
  label: string
  /** Control that chooses what is searched, before the search field. */
  scope?: ReactNode
  /** Label of the search field; without it there is none. */
  search?: string
  /** Further filters, after the search field. */
  filters?: ReactNode
  /** Actions in the toolbar, after Refresh. */
  actions?: ReactNode
  /**
   * The list's state from the URL and its setter, both returned by `useListSearchParams`. Needed by lists with a search
   * or with numbered pages, whose response has a `total`.
   */
  view?: { readonly q: string; readonly size: number }
  setView?: SetListView
  query: UseQueryResult<Data>
  /** Further queries shown in the rows, refetched by Refresh. */
  rowQueries?: readonly Pick<UseQueryResult, 'refetch'>[]
  rowsOf: (data: Data) => readonly unknown[]
  /** The selected rows; without it, rows cannot be selected. */
  selection?: Pick<VisibleSelection<unknown>, 'ids' | 'clear'>
  /** Actions on all selected rows. */
  selectionActions?: ReactNode
  /** Empty state: why there are no rows, and what to do next. */
  empty: ReactNode
  /** Shown on 404; a general message by default. */
  missing?: ReactNode
  children: (data: Data) => ReactNode
}): ReactElement {
  const { common } = useMessages()
  const selecting = selection !== undefined && selection.ids.length > 0
  const isMissing = errorWithStatus(query.error, 404) !== null

  return (
    <section className={clsx(panelStyles.panel, selection && styles.selectable)} aria-label={label}>
      <div className={styles.head}>
        <div className={clsx(styles.toolbar, selecting && styles.covered)}>
          {scope}
          {search && view && <SearchInput label={search} value={view.q} onSearch={(q) => setView?.({ q }, 'typing')} />}
          {filters}
          <div className={styles.end}>
            <Button
              icon={<ReloadOutlined aria-hidden />}
              aria-label={common.refresh}
              title={common.refresh}
              loading={query.isFetching && !query.isPending}
              onClick={() => void Promise.all([query, ...rowQueries].map(({ refetch }) => refetch()))}
            />
            <DensityButton />
            {actions}
          </div>
        </div>
        {selection && (
          <SelectionBar count={selection.ids.length} onClear={selection.clear}>
            {selectionActions}
          </SelectionBar>
        )}
      </div>
      {isMissing && missing ? (
        missing
      ) : (
        <QueryState query={query}>
          {(data) => {
            if (rowsOf(data).length > 0) return children(data)
            const total = 'total' in data ? Number(data.total) : 0
            if (total === 0 || !view) return empty
            return <PastTheEnd last={lastPage(total, view.size)} onGo={(page) => setView?.({ page }, 'typing')} />
          }}
        </QueryState>
      )}
    </section>
  )
}
