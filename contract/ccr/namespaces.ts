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
const projectParams = z.object({ instanceId: z.string(), projectName: z.string() })

/** Sort keys of the list of namespaces. */
export const NAMESPACE_ORDERS = ['name', 'created', 'charts'] as const

export const listProjects = endpoint({
  method: 'GET',
  path: projectsPath,
  needs: 'read',
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
})

export const createProject = endpoint({
  method: 'POST',
  path: projectsPath,
  needs: 'change',
  action: 'namespace.create',
  params: projectsParams,
  query: nothing,
  body: z.object({ projectName, public: z.optional(stringBoolean) }),
  response: Project,
})

export const deleteProjects = endpoint({
  method: 'DELETE',
  path: projectsPath,
  // The handler checks the right to delete each namespace.
  needs: 'read',
  action: 'namespace.delete',
  params: projectsParams,
  query: nothing,
  body: Batch,
  response: 'empty',
})

export const getProject = endpoint({
  method: 'GET',
  path: `${projectsPath}/:projectName`,
  needs: 'read',
  params: projectParams,
  query: nothing,
  body: 'none',
  response: Project,
})

export const updateProject = endpoint({
  method: 'PUT',
  path: `${projectsPath}/:projectName`,
  needs: 'change',
  action: 'namespace.change',
  params: projectParams,
  query: nothing,
  body: z.object({ public: z.optional(stringBoolean), autoScan: z.optional(stringBoolean) }),
  response: Project,
})

export const deleteProject = endpoint({
  method: 'DELETE',
  path: `${projectsPath}/:projectName`,
  needs: 'change',
  action: 'namespace.delete',
  params: projectParams,
  query: nothing,
  body: 'none',
  response: 'empty',
})
