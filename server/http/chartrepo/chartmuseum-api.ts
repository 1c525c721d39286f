import type { ChartRow, NamespaceRow } from '../../db/schema.ts'
import { findChart } from '../../registry/charts/chart-queries.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { deleteChart } from '../../registry/deletion/delete-charts.ts'
import { deleteVersion } from '../../registry/deletion/delete-versions.ts'
import { readEntries } from '../../registry/index/index-chunks.ts'
import { findIndexEntry, findLatestIndexEntry, listIndexedArchives } from '../../registry/index/index-queries.ts'
import { namespaceIndex } from '../../registry/index/namespace-index.ts'
import { chunksFrom, entriesText, type Piece } from '../../registry/index/write-index.ts'
import type { Context } from '../context.ts'
import { doorRoute } from '../helm/door-route.ts'
import type { HttpApp, HttpContext } from '../http-env.ts'
import { sendPieces } from '../transport/send-pieces.ts'
import { apiPaths, classicDoor, contextPaths, pathsWithoutNamespace } from './classic-door.ts'
import { receiveProvenance, receiveUpload } from './receive-upload.ts'

/**
 * ChartMuseum's API as Harbor serves it, below `/api/chartrepo`: what `helm cm-push`, CI scripts and curl recipes use.
 * Its `?force` is taken and changes nothing: a version is replaced with it and without it, unless the namespace is
 * immutable, which it does not beat.
 * Sources: ChartMuseum v0.16.5 `pkg/chartmuseum/server/multitenant`; Harbor v2.7.4 `src/server/route.go`.
 */
export function mountChartMuseumApi(app: HttpApp, context: Context): void {
  const { registry } = context
  const { read } = registry.database
  const shared = { door: classicDoor, about: 'namespace' } as const
  const reading = { ...shared, method: 'GET', needs: 'read' } as const
  const pushing = { ...shared, method: 'POST', needs: 'push', action: 'chart.publish' } as const
  const deleting = { ...shared, method: 'DELETE', needs: 'delete', action: 'chart.delete' } as const

  for (const path of [...pathsWithoutNamespace('/charts'), ...pathsWithoutNamespace('/prov')]) {
    app.all(path, (http) => {
      throw new RegistryError('path-without-namespace', { path: http.req.path })
    })
  }

  doorRoute(app, context, { ...reading, paths: apiPaths('/charts') }, async ({ namespace, http }) => {
    const { charts } = await namespaceIndex(registry, namespace)
    const { offset, limit } = sliceOf(http)
    const wanted = [...charts.values()].slice(offset, limit === undefined ? undefined : offset + limit)
    sayJson(http)
    return sendPieces(http, context, braced('{', entriesText(wanted, chunksFrom(read)), '}'), null)
  })

  doorRoute(app, context, { ...reading, paths: apiPaths('/charts/:chart') }, async ({ namespace, params, http }) => {
    const chart = await chartOf(context, namespace, params.chart)
    const archives = (await listIndexedArchives(read, [chart.id])).get(chart.id) ?? []
    sayJson(http)
    return sendPieces(http, context, braced('[', [readEntries(read, archives)], ']'), null)
  })

  doorRoute(
    app,
    context,
    { ...reading, paths: apiPaths('/charts/:chart/:version') },
    async ({ namespace, params: { chart: name, version = '' }, http }) => {
      const chart = await chartOf(context, namespace, name)
      const entry = await (version === 'latest'
        ? findLatestIndexEntry(read, chart.id)
        : findIndexEntry(read, chart.id, version))
      if (!entry) throw new RegistryError('version-missing', { chart: chart.name, version })
      return sendJson(http, 200, entry.index_entry)
    },
  )

  doorRoute(
    app,
    context,
    { ...pushing, paths: [...apiPaths('/charts'), ...contextPaths('/charts')] },
    async ({ call, namespace, http }) => {
      await receiveUpload(context, call, namespace.name, http)
      return sendJson(http, 201, SAVED)
    },
  )

  doorRoute(
    app,
    context,
    { ...pushing, action: 'provenance.add', paths: [...apiPaths('/prov'), ...contextPaths('/prov')] },
    async ({ call, namespace, http }) => {
      await receiveProvenance(context, call, namespace.name, http)
      return sendJson(http, 201, SAVED)
    },
  )

  doorRoute(
    app,
    context,
    { ...deleting, paths: apiPaths('/charts/:chart/:version') },
    async ({ call, namespace, params: { chart = '', version = '' }, http }) => {
      await deleteVersion(registry, call, { namespace: namespace.name, chart, version })
      return sendJson(http, 200, '{"deleted":true}')
    },
  )

  // Harbor's; ChartMuseum cannot do it.
  doorRoute(
    app,
    context,
    { ...deleting, paths: apiPaths('/charts/:chart') },
    async ({ call, namespace, params: { chart = '' }, http }) => {
      await deleteChart(registry, call, { namespace: namespace.name, name: chart })
      return http.body('')
    },
  )
}

const SAVED = '{"saved":true}'

function* braced(open: string, pieces: Iterable<Piece>, close: string): Generator<Piece> {
  yield Buffer.from(open)
  yield* pieces
  yield Buffer.from(close)
}

async function chartOf(context: Context, namespace: NamespaceRow, name = ''): Promise<ChartRow> {
  const row = await findChart(context.registry.database.read, namespace.id, name)
  if (!row) throw new RegistryError('chart-missing', { chart: name, namespace: namespace.name })
  return row
}

/** Which charts are wanted, by name: `offset` from 0, `limit` from 1. Throws `field-whole-number`. */
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
  sayJson(c)
  return c.body(json, status)
}

function sayJson(c: HttpContext): void {
  c.header('Cache-Control', 'no-store')
  c.header('Content-Type', 'application/json; charset=utf-8')
}
