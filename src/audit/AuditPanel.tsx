import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { Instance } from '../../contract/ccr/instances.ts'
import { auditEndpoints } from '../../contract/console/audit.ts'
import { auditExportUrl, auditQueries } from '../api/audit.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { CursorPages } from '../ui/CursorPages.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListPanel } from '../ui/ListPanel.tsx'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { AuditFilters, isFiltered, noFilters } from './AuditFilters.tsx'
import { AuditTable } from './AuditTable.tsx'

/** Audit log of an instance or the whole registry: filters, pages and CSV export. The URL holds its state. */
export function AuditPanel({
  instanceId,
  instances = [],
}: {
  /** null: the whole registry. */
  instanceId: string | null
  /** Options of the instance filter, for the whole registry. */
  instances?: readonly Pick<Instance, 'id' | 'name'>[]
}): ReactElement {
  const { audit } = useMessages()
  const [view, setView] = useListSearchParams(auditEndpoints.list.query)
  const query = useQuery({
    ...(instanceId === null ? auditQueries.list(view) : auditQueries.ofInstance(instanceId, view)),
  })
  const { before, after, pageSize: _, ...filters } = view
  const firstPage = { before: undefined, after: undefined }
  return (
    <ListPanel
      label={audit.list}
      query={query}
      rowsOf={(page) => page.items}
      filters={
        <AuditFilters
          filters={filters}
          instances={instances}
          onChange={(changed) => setView({ ...changed, ...firstPage })}
        />
      }
      actions={
        <Button icon={<DownloadOutlined aria-hidden />} href={auditExportUrl(instanceId, view)} download>
          {audit.export}
        </Button>
      }
      empty={
        isFiltered(filters) || before || after ? (
          <EmptyState
            title={audit.nothingFound}
            text={audit.nothingFoundText}
            action={<Button onClick={() => setView({ ...noFilters(), ...firstPage })}>{audit.clearFilters}</Button>}
          />
        ) : (
          <EmptyState title={audit.nothingYet} text={audit.nothingYetText} />
        )
      }
    >
      {(page) => (
        <>
          <AuditTable label={audit.list} events={page.items} instances={instances} stale={query.isPlaceholderData} />
          <CursorPages older={page.older} newer={page.newer} onGo={(cursor) => setView({ ...firstPage, ...cursor })} />
        </>
      )}
    </ListPanel>
  )
}
