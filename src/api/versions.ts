import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { isPrerelease } from '../../chart/version.ts'
import {
  chartEndpoints,
  type HelmChartVersion,
  type VERSION_ORDERS,
  versionEndpoints,
} from '../../contract/ccr/charts.ts'
import { artifactEndpoints } from '../../contract/console/artifacts.ts'
import { versionDetailEndpoints } from '../../contract/console/versions.ts'
import type { ChartAddress } from '../paths.ts'
import { errorWithStatus } from './api-error.ts'
import { chartQueries } from './charts.ts'
import { call, send } from './http.ts'

/** Filter, order and page of a chart's version list. */
export interface VersionListFilters {
  readonly query: string
  readonly page: number
  readonly size: number
  readonly orderBy: (typeof VERSION_ORDERS)[number] | undefined
  readonly order: 'asc' | 'desc' | undefined
  readonly prereleases: boolean
}

export const versionQueries = {
  all: ({ instanceId, namespace, chart }: ChartAddress) =>
    [...chartQueries.all(instanceId), 'versions', namespace, chart] as const,

  list: (at: ChartAddress, filters: VersionListFilters) =>
    queryOptions({
      queryKey: [...versionQueries.all(at), 'list', filters],
      queryFn: ({ signal }) =>
        call(listEndpointFor(at), {
          params: wireParams(at),
          query: {
            pageNo: filters.page,
            pageSize: filters.size,
            chartVersion: filters.query,
            orderBy: filters.orderBy,
            order: filters.order,
            prerelease: filters.prereleases ? undefined : 'false',
          },
          signal,
        }),
      placeholderData: keepPreviousData,
    }),

  /** Latest version of the chart, null if it has none. Used in the page heading. */
  latest: (at: ChartAddress) =>
    queryOptions({
      queryKey: [...versionQueries.all(at), 'latest'],
      queryFn: ({ signal }) => fetchLatest(at, signal),
    }),

  /** Size, signature and publisher of the given versions, by version. */
  summaries: (at: ChartAddress, versions: readonly string[]) =>
    queryOptions({
      queryKey: [...versionQueries.all(at), 'summaries', versions],
      queryFn: async ({ signal }) => {
        const query = { version: [...versions] }
        const { items } = await call(versionDetailEndpoints.listSummaries, { params: wireParams(at), query, signal })
        return new Map(items.map((summary) => [summary.version, summary]))
      },
      enabled: versions.length > 0,
    }),

  /** Tags and manifest digest of the given versions, by version. */
  references: (at: ChartAddress, versions: readonly string[]) =>
    queryOptions({
      queryKey: [...versionQueries.all(at), 'references', versions],
      queryFn: async ({ signal }) => {
        const query = { version: [...versions] }
        const { items } = await call(artifactEndpoints.listVersionReferences, { params: wireParams(at), query, signal })
        return new Map(items.map((references) => [references.version, references]))
      },
      enabled: versions.length > 0,
    }),

  /** All details of one version; `latest` stands for the highest stable one. */
  details: (at: ChartAddress, version: string) =>
    queryOptions({
      queryKey: [...versionQueries.all(at), 'details', version],
      queryFn: ({ signal }) => call(versionDetailEndpoints.get, { params: { ...wireParams(at), version }, signal }),
    }),

  /** Options of a version select: the newest 100 versions that match `query`, pre-releases included. */
  choices: (at: ChartAddress, query: string) =>
    versionQueries.list(at, {
      query,
      page: 1,
      size: 100,
      orderBy: undefined,
      order: undefined,
      prereleases: true,
    }),
}

/** The latest version of a chart, and a newer pre-release if there is one. */
export interface LatestVersions {
  /** The highest stable version; the highest pre-release if the chart has no stable one. */
  readonly latest: HelmChartVersion
  /** A pre-release that is higher than the latest version. */
  readonly newerPrerelease: string | null
}

/** Fetches the latest version; null if the chart has no versions or does not exist. */
export async function fetchLatest(at: ChartAddress, signal?: AbortSignal): Promise<LatestVersions | null> {
  const highest = await fetchHighest(at, {}, signal)
  if (!highest || !isPrerelease(highest.version)) return highest && { latest: highest, newerPrerelease: null }
  const stable = await fetchHighest(at, { prerelease: 'false' }, signal)
  return stable ? { latest: stable, newerPrerelease: highest.version } : { latest: highest, newerPrerelease: null }
}

async function fetchHighest(
  at: ChartAddress,
  filter: { prerelease?: 'false' },
  signal: AbortSignal | undefined,
): Promise<HelmChartVersion | null> {
  try {
    const query = { pageNo: 1, pageSize: 1, ...filter }
    const { items } = await call(listEndpointFor(at), { params: wireParams(at), query, ...(signal && { signal }) })
    return items[0] ?? null
  } catch (error) {
    if (errorWithStatus(error, 404)) return null
    throw error
  }
}

/** Deletes versions in one request, all or none. Deleting its last version deletes the chart. */
export async function deleteManyVersions(at: ChartAddress, versions: readonly string[]): Promise<void> {
  await call(versionEndpoints.deleteMany, { params: wireParams(at), body: { items: [...versions] } })
}

/** Opens the stream of an archive or a provenance file. */
export function openFile(at: ChartAddress, fileName: string, signal: AbortSignal): Promise<Response> {
  const params = { instanceId: at.instanceId, namespace: at.namespace, filename: fileName }
  return send(chartEndpoints.download, { params, signal })
}

/** Opens the stream of a zip file with the versions, their provenance files and `SHA256SUMS`. */
export function openZip(at: ChartAddress, versions: readonly string[], signal: AbortSignal): Promise<Response> {
  return send(versionDetailEndpoints.downloadMany, {
    params: wireParams(at),
    query: { version: [...versions] },
    signal,
  })
}

/**
 * Returns the endpoint that lists a chart's versions. The vendor's API cannot list those of a chart named `download`:
 * its `/charts/download/versions` downloads a file named `versions`.
 */
function listEndpointFor({ chart }: ChartAddress) {
  return chart === 'download' ? versionDetailEndpoints.list : versionEndpoints.list
}

function wireParams(at: ChartAddress) {
  return { instanceId: at.instanceId, namespace: at.namespace, chart: at.chart }
}
