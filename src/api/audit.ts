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

/** Which events are wanted, and which part of them. */
export type AuditParams = z.output<typeof listAudit.query>
type Cursor = z.output<typeof listChartActivity.query>

export const auditQueries = {
  all: () => ['audit'],
  /** The record of the registry. */
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

/** Address of the file with all matching events; of the whole registry without an instance's page. */
export function auditFileUrl(instanceId: string | null, params: AuditParams): string {
  const { before: _before, after: _after, pageSize: _pageSize, ...query } = params
  return instanceId === null
    ? urlOf(exportAudit, { query })
    : urlOf(exportInstanceAudit, { params: { instanceId }, query })
}
