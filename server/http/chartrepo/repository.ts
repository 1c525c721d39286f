import { findFile } from '../../registry/charts/file-queries.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { mergedIndex, readableNamespaces } from '../../registry/index/merged-index.ts'
import { type IndexBody, namespaceIndex } from '../../registry/index/namespace-index.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { checkAllowed, route } from '../route.ts'
import { matchesEntityTag } from '../transport/entity-tag.ts'
import { sendFile } from '../transport/send-file.ts'
import { sendPieces } from '../transport/send-pieces.ts'
import { repositoryEndpoints } from './endpoints.ts'

/** Requests of `helm repo add` and `helm pull`: the index of a namespace, that of all namespaces, and files. */
export function mountRepository(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, repositoryEndpoints.getMergedIndex, async ({ call, http }) => {
    const namespaces = await readableNamespaces(registry, call)
    // An empty repository would hide that a credential was forgotten, and reveal that the instance exists.
    if (namespaces.length === 0) checkAllowed(api, { http, ...call }, 'read', { instance: call.instance })
    return sendIndex(http, context, mergedIndex(registry, namespaces))
  })

  route(api, repositoryEndpoints.getIndex, async ({ namespace, http }) =>
    sendIndex(http, context, await namespaceIndex(registry, namespace)),
  )

  route(api, repositoryEndpoints.download, async ({ namespace, params: { file }, http }) => {
    const found = await findFile(registry.database.read, namespace.id, file)
    if (!found) throw new RegistryError('file-missing', { file })
    return sendFile(http, context, found)
  })
}

/** Sends an index, or 304 if the client has it. The content type is ChartMuseum's; no helm reads it. */
function sendIndex(c: HttpContext, context: Context, index: IndexBody): Response {
  const entityTag = `"${index.entityTag}"`
  c.header('ETag', entityTag)
  c.header('Cache-Control', 'private, no-cache')
  if (matchesEntityTag(c.req.header('if-none-match'), entityTag)) return c.body(null, 304)
  c.header('Content-Type', 'application/x-yaml')
  return sendPieces(c, context, index.pieces(), index.size)
}
