import { namespaceEndpoints, type Project } from '../../../contract/ccr/namespaces.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { namespacesToRead } from '../../registry/core/permissions.ts'
import { deleteNamespace, deleteNamespaces } from '../../registry/deletion/delete-namespaces.ts'
import { listNamespaces } from '../../registry/instances/namespace-queries.ts'
import { createNamespace, updateNamespace } from '../../registry/instances/namespaces.ts'
import { countArtifactRepositoriesIn } from '../../registry/oci/repository-queries.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

/** Namespaces, which the management API calls projects. */
export function mountNamespaces(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, namespaceEndpoints.list, async ({ call, query, instance: { id: instanceId } }) => {
    const { total, rows } = await listNamespaces(registry.database.read, {
      ...pageRequest(query),
      instanceId,
      readable: namespacesToRead(call.caller, instanceId),
      query: query.projectName || undefined,
      orderBy: query.orderBy,
      order: query.order,
    })
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, projects: await toProjects(context, rows) }
  })

  route(api, namespaceEndpoints.create, async ({ call, body }) => {
    const row = await createNamespace(registry, call, { name: body.projectName, public: body.public === 'true' })
    return toProject(context, row)
  })

  route(api, namespaceEndpoints.deleteMany, async ({ call, body }) => {
    await deleteNamespaces(registry, call, body.items)
    return undefined
  })

  route(api, namespaceEndpoints.get, async ({ namespace }) => toProject(context, namespace))

  route(api, namespaceEndpoints.update, async ({ call, params, body }) => {
    const row = await updateNamespace(registry, call, params.namespace, {
      public: toBoolean(body.public),
      autoScan: toBoolean(body.autoScan),
    })
    return toProject(context, row)
  })

  route(api, namespaceEndpoints.delete, async ({ call, params }) => {
    await deleteNamespace(registry, call, params.namespace)
    return undefined
  })
}

async function toProjects({ registry }: Context, rows: readonly NamespaceRow[]): Promise<Project[]> {
  const ids = rows.map(({ id }) => id)
  const repositories = await countArtifactRepositoriesIn(registry.database.read, ids)
  return rows.map((row) => projectOnWire(row, repositories.get(row.id) ?? 0))
}

async function toProject({ registry }: Context, row: NamespaceRow): Promise<Project> {
  const repositories = await countArtifactRepositoriesIn(registry.database.read, [row.id])
  return projectOnWire(row, repositories.get(row.id) ?? 0)
}

function projectOnWire(row: NamespaceRow, repoCount: number): Project {
  return {
    projectId: row.number,
    projectName: row.name,
    public: row.public ? 'true' : 'false',
    autoScan: row.auto_scan ? 'true' : 'false',
    chartCount: row.chart_count,
    repoCount,
    creationTime: row.created_at,
    updateTime: row.updated_at,
  }
}

function toBoolean(text: 'true' | 'false' | undefined): boolean | undefined {
  return text === undefined ? undefined : text === 'true'
}
