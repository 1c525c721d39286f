import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { auditEndpoints } from '../../contract/console/audit.ts'
import type { ChartAddress } from '../paths.ts'
import { call, urlOf } from './http.ts'

/** Filters and cursor of the audit log. */
export type AuditParams = z.output<typeof auditEndpoints.list.query>
type Cursor = z.output<typeof auditEndpoints.listOfChart.query>

export const auditQueries = {
  all: () => ['audit'],
  /** Events of the whole registry. */
  list: (query: AuditParams) =>
    queryOptions({
      queryKey: [...auditQueries.all(), 'registry', query],
      queryFn: ({ signal }) => call(auditEndpoints.list, { query, signal }),
      placeholderData: keepPreviousData,
    }),
  ofInstance: (instanceId: string, query: AuditParams) =>
    queryOptions({
      queryKey: [...auditQueries.all(), 'instance', instanceId, query],
      queryFn: ({ signal }) => call(auditEndpoints.listOfInstance, { params: { instanceId }, query, signal }),
      placeholderData: keepPreviousData,
    }),
  ofChart: ({ instanceId, namespace, chart }: ChartAddress, query: Cursor) =>
    queryOptions({
      queryKey: [...auditQueries.all(), 'chart', instanceId, namespace, chart, query],
      queryFn: ({ signal }) =>
        call(auditEndpoints.listOfChart, {
          params: { instanceId, namespace, chart },
          query,
          signal,
        }),
      placeholderData: keepPreviousData,
    }),
}

/** URL of the CSV export of all matching events; of the whole registry if `instanceId` is null. */
export function auditExportUrl(instanceId: string | null, params: AuditParams): string {
  const { before: _before, after: _after, pageSize: _pageSize, ...query } = params
  return instanceId === null
    ? urlOf(auditEndpoints.export, { query })
    : urlOf(auditEndpoints.exportOfInstance, { params: { instanceId }, query })
}
