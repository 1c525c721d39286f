import {
  createProject,
  deleteProject,
  deleteProjects,
  getProject,
  listProjects,
  type Project,
  updateProject,
} from '../../../contract/ccr/namespaces.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { checkEachNamespace, namespacesToRead } from '../../registry/core/permissions.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { deleteNamespace, deleteNamespaces } from '../../registry/deletion/delete-namespaces.ts'
import { findNamespace, listNamespaces } from '../../registry/instances/namespace-queries.ts'
import { createNamespace, updateNamespace } from '../../registry/instances/namespaces.ts'
import { countArtifactRepositoriesIn } from '../../registry/oci/repository-queries.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'
import { instanceOf } from './instances.ts'

/** The namespaces of the management API, which calls them projects. */
export function mountNamespaces(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, listProjects, async ({ call, params, query }) => {
    const { id: instanceId } = await instanceOf(context, params.instanceId)
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

  route(app, context, createProject, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    const row = await createNamespace(registry, call, { name: body.projectName, public: body.public === 'true' })
    return toProject(context, row)
  })

  route(app, context, deleteProjects, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    checkEachNamespace(call, 'change', body.items)
    await deleteNamespaces(registry, call, body.items)
    return undefined
  })

  route(app, context, getProject, async ({ params }) => toProject(context, await namespaceOf(context, params)))

  route(app, context, updateProject, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    const row = await updateNamespace(registry, call, params.projectName, {
      public: toBoolean(body.public),
      autoScan: toBoolean(body.autoScan),
    })
    return toProject(context, row)
  })

  route(app, context, deleteProject, async ({ call, params }) => {
    await instanceOf(context, params.instanceId)
    await deleteNamespace(registry, call, params.projectName)
    return undefined
  })
}

/** The namespace's row. Throws `instance-missing` and `namespace-missing`. */
export async function namespaceOf(
  context: Context,
  { instanceId, projectName }: { instanceId: string; projectName: string },
): Promise<NamespaceRow> {
  const row = await findNamespace(context.registry.database.read, instanceId, projectName)
  if (row) return row
  await instanceOf(context, instanceId)
  throw new RegistryError('namespace-missing', { namespace: projectName })
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
