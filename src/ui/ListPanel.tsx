import { ReloadOutlined } from '@ant-design/icons'
import type { UseQueryResult } from '@tanstack/react-query'
import { Button } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import { ApiError } from '../api/api-error.ts'
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
 * A list that the registry searches and pages: the toolbar, whose place the selection bar takes while rows are selected,
 * and then the rows, the reason why there are none, or the failure. `children` draws the rows: a `ListTable`.
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
  besides = [],
  rowsOf,
  selection,
  selectionActions,
  empty,
  missing,
  children,
}: {
  /** What the list is of, for those who do not see it. */
  label: string
  /** Chooses what is searched; it stands before the search. */
  scope?: ReactNode
  /** What the search field is called; without it there is none. */
  search?: string
  /** What else narrows the list down; it stands after the search. */
  filters?: ReactNode
  /** What can be done here, beside loading the list anew. */
  actions?: ReactNode
  /**
   * The list's state as its address has it, of a list that has numbered pages (its answer a `total`) or a search:
   * `useListSearchParams` gives both.
   */
  view?: { readonly q: string; readonly size: number }
  setView?: SetListView
  query: UseQueryResult<Data>
  /** What else stands in the rows and is loaded anew with them. */
  besides?: readonly Pick<UseQueryResult, 'refetch'>[]
  rowsOf: (data: Data) => readonly unknown[]
  /** The chosen rows, and what can be done with all of them. */
  selection?: Pick<VisibleSelection<unknown>, 'ids' | 'clear'>
  selectionActions?: ReactNode
  /** Why nothing is there, and what to do next. */
  empty: ReactNode
  /** What to say when the registry knows no such list; else that nothing is here. */
  missing?: ReactNode
  children: (data: Data) => ReactNode
}): ReactElement {
  const { common } = useMessages()
  const selecting = selection !== undefined && selection.ids.length > 0
  const isMissing = query.error instanceof ApiError && query.error.status === 404

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
              onClick={() => void Promise.all([query, ...besides].map(({ refetch }) => refetch()))}
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
