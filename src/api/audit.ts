import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import {
  exportAudit,
  exportInstanceAudit,
  listAudit,
  listChartActivity,
  listInstanceAudit,
} from '../../contract/console/audit.ts'
import type { ChartAddress } from '../paths.ts'
import { call, urlOf } from './http.ts'

/** Filters and cursor of the audit log. */
export type AuditParams = z.output<typeof listAudit.query>
type Cursor = z.output<typeof listChartActivity.query>

export const auditQueries = {
  all: () => ['audit'],
  /** Events of the whole registry. */
  list: (query: AuditParams) =>
    queryOptions({
      queryKey: [...auditQueries.all(), 'registry', query],
      queryFn: ({ signal }) => call(listAudit, { query, signal }),
      placeholderData: keepPreviousData,
    }),
  ofInstance: (instanceId: string, query: AuditParams) =>
    queryOptions({
      queryKey: [...auditQueries.all(), 'instance', instanceId, query],
      queryFn: ({ signal }) => call(listInstanceAudit, { params: { instanceId }, query, signal }),
      placeholderData: keepPreviousData,
    }),
  ofChart: ({ instanceId, namespace, chart }: ChartAddress, query: Cursor) =>
    queryOptions({
      queryKey: [...auditQueries.all(), 'chart', instanceId, namespace, chart, query],
      queryFn: ({ signal }) =>
        call(listChartActivity, { params: { instanceId, projectName: namespace, chartName: chart }, query, signal }),
      placeholderData: keepPreviousData,
    }),
}

/** URL of the CSV export of all matching events; of the whole registry if `instanceId` is null. */
export function auditExportUrl(instanceId: string | null, params: AuditParams): string {
  const { before: _before, after: _after, pageSize: _pageSize, ...query } = params
  return instanceId === null
    ? urlOf(exportAudit, { query })
    : urlOf(exportInstanceAudit, { params: { instanceId }, query })
}
