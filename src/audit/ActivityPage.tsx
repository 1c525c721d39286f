import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { auditEndpoints } from '../../contract/console/audit.ts'
import { auditQueries } from '../api/audit.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { CursorPages } from '../ui/CursorPages.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListPanel } from '../ui/ListPanel.tsx'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import { useChartAddress } from '../versions/use-chart-address.ts'
import { AuditTable } from './AuditTable.tsx'

/** Audit events of one chart. */
export function ActivityPage(): ReactElement {
  const { audit } = useMessages()
  const at = useChartAddress()
  const [view, setView] = useListSearchParams(auditEndpoints.listOfChart.query)
  const query = useQuery(auditQueries.ofChart(at, view))
  const label = audit.activityOf(at.chart)
  return (
    <ListPanel
      label={label}
      query={query}
      rowsOf={(page) => page.items}
      empty={<EmptyState title={audit.nothingYet} text={audit.nothingYetText} />}
    >
      {(page) => (
        <>
          <AuditTable label={label} events={page.items} chart={at.chart} stale={query.isPlaceholderData} />
          <CursorPages
            older={page.older}
            newer={page.newer}
            onGo={(cursor) => setView({ before: undefined, after: undefined, ...cursor })}
          />
        </>
      )}
    </ListPanel>
  )
}
