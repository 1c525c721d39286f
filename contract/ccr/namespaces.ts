import * as z from 'zod/mini'
import { brokenNamespaceNameRules } from '../domain/namespace-name.ts'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'
import { Batch } from './batch.ts'
import { order, pageNo, pageOf, pageSize } from './paging.ts'

/** A boolean sent as the string "true" or "false". Requests may also contain a JSON boolean; responses never do. */
const stringBoolean = z.pipe(
  z.union([z.enum(['true', 'false']), z.boolean()], 'true-or-false'),
  z.transform((value): 'true' | 'false' => (String(value) === 'true' ? 'true' : 'false')),
)

/** A namespace, which the wire calls a project. */
export const Project = z.object({
  projectId: z.number(),
  projectName: z.string(),
  public: z.enum(['true', 'false']),
  autoScan: z.enum(['true', 'false']),
  chartCount: z.number(),
  repoCount: z.number(),
  creationTime: z.string(),
  updateTime: z.string(),
})
export type Project = z.infer<typeof Project>

const projectName = z.string().check(z.refine((name) => brokenNamespaceNameRules(name).length === 0, 'namespace-name'))
const projectsPath = '/v1/instances/:instanceId/projects'
const projectsParams = z.object({ instanceId: z.string() })
const projectParams = z.object({ instanceId: z.string(), namespace: z.string() })

/** Sort keys of the list of namespaces. */
export const NAMESPACE_ORDERS = ['name', 'created', 'charts'] as const

export const namespaceEndpoints = {
  list: endpoint({
    method: 'GET',
    path: projectsPath,
    needs: 'read',
    about: 'instance',
    params: projectsParams,
    query: z.object({
      pageNo,
      pageSize,
      projectName: z.optional(z.string()),
      orderBy: z.optional(z.enum(NAMESPACE_ORDERS, 'one-of')),
      order,
    }),
    body: 'none',
    response: z.object({ ...pageOf, projects: z.array(Project) }),
  }),

  create: endpoint({
    method: 'POST',
    path: projectsPath,
    needs: 'change',
    about: 'instance',
    action: 'namespace.create',
    params: projectsParams,
    query: nothing,
    body: z.object({ projectName, public: z.optional(stringBoolean) }),
    response: Project,
  }),

  deleteMany: endpoint({
    method: 'DELETE',
    path: projectsPath,
    needs: 'change',
    about: { namespacesIn: ({ items }) => items },
    action: 'namespace.delete',
    params: projectsParams,
    query: nothing,
    body: Batch,
    response: 'empty',
  }),

  get: endpoint({
    method: 'GET',
    path: `${projectsPath}/:namespace`,
    needs: 'read',
    about: 'namespace',
    params: projectParams,
    query: nothing,
    body: 'none',
    response: Project,
  }),

  update: endpoint({
    method: 'PUT',
    path: `${projectsPath}/:namespace`,
    needs: 'change',
    about: 'namespace',
    action: 'namespace.change',
    params: projectParams,
    query: nothing,
    body: z.object({ public: z.optional(stringBoolean), autoScan: z.optional(stringBoolean) }),
    response: Project,
  }),

  delete: endpoint({
    method: 'DELETE',
    path: `${projectsPath}/:namespace`,
    needs: 'change',
    about: 'namespace',
    action: 'namespace.delete',
    params: projectParams,
    query: nothing,
    body: 'none',
    response: 'empty',
  }),
}
