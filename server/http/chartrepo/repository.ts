import { findFile } from '../../registry/charts/file-queries.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { mergedIndex, readableNamespaces } from '../../registry/index/merged-index.ts'
import { type IndexBody, namespaceIndex } from '../../registry/index/namespace-index.ts'
import type { Context } from '../context.ts'
import { checkAllowed, doorRoute } from '../helm/door-route.ts'
import type { HttpApp, HttpContext } from '../http-env.ts'
import { matchesEntityTag } from '../transport/entity-tag.ts'
import { sendFile } from '../transport/send-file.ts'
import { sendPieces } from '../transport/send-pieces.ts'
import { classicDoor, repositoryPaths } from './classic-door.ts'

/** What `helm repo add` and `helm pull` ask for: the index of a namespace, that of all, and the files. */
export function mountRepository(app: HttpApp, context: Context): void {
  const { registry } = context
  const shared = { door: classicDoor, method: 'GET' } as const

  doorRoute(
    app,
    context,
    { ...shared, paths: repositoryPaths('/index.yaml'), needs: 'nothing', about: 'instance' },
    async ({ call, http }) => {
      const namespaces = await readableNamespaces(registry, call)
      // With nothing to be had, an empty repository would hide that a credential was forgotten, and tell that the
      // instance is there.
      if (namespaces.length === 0) checkAllowed(call.caller, 'read', { instance: call.instance })
      return sendIndex(http, context, mergedIndex(registry, namespaces))
    },
  )

  doorRoute(
    app,
    context,
    { ...shared, paths: repositoryPaths('/:namespace/index.yaml'), needs: 'read', about: 'namespace' },
    async ({ namespace, http }) => sendIndex(http, context, await namespaceIndex(registry, namespace)),
  )

  doorRoute(
    app,
    context,
    { ...shared, paths: repositoryPaths('/:namespace/charts/:file'), needs: 'read', about: 'namespace' },
    async ({ namespace, params: { file = '' }, http }) => {
      const found = await findFile(registry.database.read, namespace.id, file)
      if (!found) throw new RegistryError('file-missing', { file })
      return sendFile(http, context, found)
    },
  )
}

/** The index, or 304 to who has it. The type is ChartMuseum's; no helm looks at it. */
function sendIndex(c: HttpContext, context: Context, index: IndexBody): Response {
  const entityTag = `"${index.entityTag}"`
  c.header('ETag', entityTag)
  c.header('Cache-Control', 'private, no-cache')
  if (matchesEntityTag(c.req.header('if-none-match'), entityTag)) return c.body(null, 304)
  c.header('Content-Type', 'application/x-yaml')
  return sendPieces(c, context, index.pieces(), index.size)
}
