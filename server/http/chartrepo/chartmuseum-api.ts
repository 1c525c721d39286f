import type { Endpoint } from '../../../contract/endpoint.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { deleteChart } from '../../registry/deletion/delete-charts.ts'
import { deleteVersion } from '../../registry/deletion/delete-versions.ts'
import { readEntries } from '../../registry/index/index-chunks.ts'
import { findIndexEntry, findLatestIndexEntry, listIndexedArchives } from '../../registry/index/index-queries.ts'
import { namespaceIndex } from '../../registry/index/namespace-index.ts'
import { chunksFrom, entriesText, type Piece } from '../../registry/index/write-index.ts'
import type { Api } from '../api.ts'
import type { HttpContext } from '../http-env.ts'
import { chartOf } from '../management/versions.ts'
import { route } from '../route.ts'
import { sendPieces } from '../transport/send-pieces.ts'
import { chartMuseumEndpoints } from './endpoints.ts'
import { receiveProvenance, receiveUpload } from './receive-upload.ts'

/**
 * ChartMuseum's API as Harbor serves it, below `/api/chartrepo`, for `helm cm-push`, CI scripts and curl. The query
 * `?force` has no effect: versions are replaced with and without it, and never in immutable namespaces.
 * Sources: ChartMuseum v0.16.5 `pkg/chartmuseum/server/multitenant`; Harbor v2.7.4 `src/server/route.go`.
 */
export function mountChartMuseumApi(api: Api): void {
  const { context } = api
  const { registry } = context
  const { read } = registry.database

  refuseWithoutNamespace(api)

  route(api, chartMuseumEndpoints.list, async ({ namespace, http }) => {
    const { charts } = await namespaceIndex(registry, namespace)
    const { offset, limit } = sliceOf(http)
    const page = [...charts.values()].slice(offset, limit === undefined ? undefined : offset + limit)
    setJsonHeaders(http)
    return sendPieces(http, context, braced('{', entriesText(page, chunksFrom(read)), '}'), null)
  })

  route(api, chartMuseumEndpoints.listVersions, async ({ namespace, params, http }) => {
    const chart = await chartOf(context, namespace, params.chart)
    const archives = (await listIndexedArchives(read, [chart.id])).get(chart.id) ?? []
    setJsonHeaders(http)
    return sendPieces(http, context, braced('[', [readEntries(read, archives)], ']'), null)
  })

  route(api, chartMuseumEndpoints.getVersion, async ({ namespace, params: { chart: name, version }, http }) => {
    const chart = await chartOf(context, namespace, name)
    const entry = await (version === 'latest'
      ? findLatestIndexEntry(read, chart.id)
      : findIndexEntry(read, chart.id, version))
    if (!entry) throw new RegistryError('version-missing', { chart: chart.name, version })
    return sendJson(http, 200, entry.index_entry)
  })

  for (const endpoint of withContextPath(chartMuseumEndpoints.upload)) {
    route(api, endpoint, async ({ call, namespace, http }) => {
      await receiveUpload(context, call, namespace.name, http)
      return sendJson(http, 201, SAVED)
    })
  }

  for (const endpoint of withContextPath(chartMuseumEndpoints.uploadProvenance)) {
    route(api, endpoint, async ({ call, namespace, http }) => {
      await receiveProvenance(context, call, namespace.name, http)
      return sendJson(http, 201, SAVED)
    })
  }

  route(api, chartMuseumEndpoints.deleteVersion, async ({ call, params: { namespace, chart, version }, http }) => {
    await deleteVersion(registry, call, { namespace, chart, version })
    return sendJson(http, 200, '{"deleted":true}')
  })

  route(api, chartMuseumEndpoints.delete, async ({ call, params: { namespace, chart }, http }) => {
    await deleteChart(registry, call, { namespace, name: chart })
    return http.body('')
  })
}

/** The endpoint, and the same at the path that cm-push makes if it is configured with `/chartrepo` as a context path. */
function withContextPath<E extends Endpoint>(endpoint: E): E[] {
  return [endpoint, { ...endpoint, path: endpoint.path.replace('/api/chartrepo/', '/chartrepo/api/') }]
}

/** Refuses uploads without a namespace, which cm-push sends to the repository of all namespaces. */
function refuseWithoutNamespace({ app, pathsOf }: Api): void {
  const paths = [chartMuseumEndpoints.upload, chartMuseumEndpoints.uploadProvenance]
    .flatMap(withContextPath)
    .flatMap(({ path }) => pathsOf(path.replace('/:namespace', '')))
  for (const path of paths) {
    app.all(path, (http) => {
      throw new RegistryError('path-without-namespace', { path: http.req.path })
    })
  }
}

const SAVED = '{"saved":true}'

function* braced(open: string, pieces: Iterable<Piece>, close: string): Generator<Piece> {
  yield Buffer.from(open)
  yield* pieces
  yield Buffer.from(close)
}

/** Reads the requested slice of the charts, by name: `offset` from 0, `limit` from 1. Throws `field-whole-number`. */
function sliceOf(c: HttpContext): { offset: number; limit: number | undefined } {
  const limit = wholeNumber(c, 'limit')
  if (limit === 0) throw new RegistryError('field-invalid', { field: 'limit' })
  return { offset: wholeNumber(c, 'offset') ?? 0, limit }
}

function wholeNumber(c: HttpContext, field: string): number | undefined {
  const text = c.req.query(field)
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,9}$/.test(text)) throw new RegistryError('field-whole-number', { field })
  return Number(text)
}

function sendJson(c: HttpContext, status: 200 | 201, json: string): Response {
  setJsonHeaders(c)
  return c.body(json, status)
}

function setJsonHeaders(c: HttpContext): void {
  c.header('Cache-Control', 'no-store')
  c.header('Content-Type', 'application/json; charset=utf-8')
}
