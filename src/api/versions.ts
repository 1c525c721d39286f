import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { isPrerelease } from '../../chart/version.ts'
import {
  deleteVersions,
  downloadChart,
  type HelmChartVersion,
  listVersions,
  type VERSION_ORDERS,
} from '../../contract/ccr/charts.ts'
import { listVersionReferences } from '../../contract/console/artifacts.ts'
import {
  downloadVersions,
  getVersionDetails,
  listChartVersions,
  listVersionFacts,
} from '../../contract/console/versions.ts'
import type { ChartAddress } from '../paths.ts'
import { ApiError } from './api-error.ts'
import { chartQueries } from './charts.ts'
import { call, send } from './http.ts'

/** What of a chart's versions is on screen. */
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
        call(listingOf(at), {
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

  /** The latest version, or null when the chart has none: a chart's heading is made of it. */
  latest: (at: ChartAddress) =>
    queryOptions({
      queryKey: [...versionQueries.all(at), 'latest'],
      queryFn: ({ signal }) => fetchLatest(at, signal),
    }),

  /** Size, signature and who pushed, of rows that are already on screen; by version. */
  facts: (at: ChartAddress, versions: readonly string[]) =>
    queryOptions({
      queryKey: [...versionQueries.all(at), 'facts', versions],
      queryFn: async ({ signal }) => {
        const query = { version: [...versions] }
        const { items } = await call(listVersionFacts, { params: wireParams(at), query, signal })
        return new Map(items.map((facts) => [facts.version, facts]))
      },
      enabled: versions.length > 0,
    }),

  /** Tags and manifest digest, as {@link versionQueries.facts}. */
  references: (at: ChartAddress, versions: readonly string[]) =>
    queryOptions({
      queryKey: [...versionQueries.all(at), 'references', versions],
      queryFn: async ({ signal }) => {
        const query = { version: [...versions] }
        const { items } = await call(listVersionReferences, { params: wireParams(at), query, signal })
        return new Map(items.map((references) => [references.version, references]))
      },
      enabled: versions.length > 0,
    }),

  /** Everything that is known of one version; `latest` is the highest stable one. */
  details: (at: ChartAddress, version: string) =>
    queryOptions({
      queryKey: [...versionQueries.all(at), 'details', version],
      queryFn: ({ signal }) =>
        call(getVersionDetails, { params: { ...wireParams(at), chartVersion: version }, signal }),
    }),

  /** Every version of the chart, newest first, for choosing one; at most the first 100 that match `query`. */
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

/** A chart's versions that stand out. */
export interface LatestVersions {
  /** The highest stable version; of a chart that has none, the highest pre-release. */
  readonly latest: HelmChartVersion
  /** A pre-release that is higher than the latest version. */
  readonly newerPrerelease: string | null
}

/** The latest version; null when there is none, or no such chart. */
export async function fetchLatest(at: ChartAddress, signal?: AbortSignal): Promise<LatestVersions | null> {
  const highest = await fetchHighest(at, {}, signal)
  if (!highest || !isPrerelease(highest.version)) return highest && { latest: highest, newerPrerelease: null }
  const stable = await fetchHighest(at, { prerelease: 'false' }, signal)
  return stable ? { latest: stable, newerPrerelease: highest.version } : { latest: highest, newerPrerelease: null }
}

async function fetchHighest(
  at: ChartAddress,
  only: { prerelease?: 'false' },
  signal: AbortSignal | undefined,
): Promise<HelmChartVersion | null> {
  try {
    const query = { pageNo: 1, pageSize: 1, ...only }
    const { items } = await call(listingOf(at), { params: wireParams(at), query, ...(signal && { signal }) })
    return items[0] ?? null
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}

/** Deletes versions in one request, all or none. The chart goes with its last version. */
export async function deleteManyVersions(at: ChartAddress, versions: readonly string[]): Promise<void> {
  await call(deleteVersions, { params: wireParams(at), body: { items: [...versions] } })
}

/** Opens the stream of an archive or of the provenance file beside it. */
export function openFile(at: ChartAddress, fileName: string, signal: AbortSignal): Promise<Response> {
  const params = { instanceId: at.instanceId, projectName: at.namespace, filename: fileName }
  return send(downloadChart, { params, signal })
}

/** Opens the stream of a zip with the versions, their provenance files and a `SHA256SUMS`. */
export function openZip(at: ChartAddress, versions: readonly string[], signal: AbortSignal): Promise<Response> {
  return send(downloadVersions, { params: wireParams(at), query: { version: [...versions] }, signal })
}

/**
 * The endpoint that lists a chart's versions. Of a chart called `download` the dictated API cannot: there
 * `/charts/download/versions` is the download of a file called `versions`.
 */
function listingOf({ chart }: ChartAddress) {
  return chart === 'download' ? listChartVersions : listVersions
}

function wireParams(at: ChartAddress) {
  return { instanceId: at.instanceId, projectName: at.namespace, chartName: at.chart }
}
