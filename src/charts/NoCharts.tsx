import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { namespaceQueries } from '../api/namespaces.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useMay } from '../session/use-may.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { NoMatches } from '../ui/NoMatches.tsx'
import type { SetListParams } from '../ui/use-list-search-params.ts'
import type { ChartListParams, chartListParams } from './chart-filters.ts'
import { namespacesMatching } from './namespaces-matching.ts'

/** Empty state of the chart list: the reason, and the next step. */
export function NoCharts({
  instanceId,
  view,
  setView,
  onUpload,
}: {
  instanceId: string
  view: ChartListParams
  setView: SetListParams<typeof chartListParams>
  /** Undefined when the user may not upload. */
  onUpload: (() => void) | undefined
}): ReactElement {
  const { charts } = useMessages()
  const may = useMay()
  const navigate = useNavigate()
  const namespaces = useQuery(namespaceQueries.list(instanceId, namespacesMatching('')))

  if (view.q !== '') {
    return (
      <NoMatches title={charts.notFoundTitle(view.q)} text={charts.notFoundText} onClear={() => setView({ q: '' })}>
        {view.namespace && (
          <Button onClick={() => setView({ namespace: undefined })}>{charts.notFoundElsewhere}</Button>
        )}
      </NoMatches>
    )
  }
  if (namespaces.data?.total === 0 && may('change', { instanceId })) {
    return (
      <EmptyState
        title={charts.noNamespaceTitle}
        text={charts.noNamespaceText}
        action={
          <Button type="primary" onClick={() => void navigate(paths.namespaces(instanceId))}>
            {charts.toNamespaces}
          </Button>
        }
      />
    )
  }
  if (!onUpload) return <EmptyState title={charts.noChartTitle(view.namespace)} text={charts.noChartForReaderText} />
  const [before, after] = charts.noChartText
  return (
    <EmptyState
      title={charts.noChartTitle(view.namespace)}
      text={
        <>
          {before}
          <code>helm package ./mychart</code>
          {after}
        </>
      }
      action={
        <Button type="primary" onClick={onUpload}>
          {charts.upload}
        </Button>
      }
    />
  )
}
