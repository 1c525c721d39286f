import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Settings of a namespace that the management API lacks. */
export const NamespacePolicy = z.object({
  /** Whether versions can be neither replaced nor deleted, through any API. */
  immutable: z.boolean(),
})
export type NamespacePolicy = z.infer<typeof NamespacePolicy>

/** {@link NamespacePolicy} with the name of the namespace. */
export const NamespaceSummary = z.extend(NamespacePolicy, { name: z.string() })
export type NamespaceSummary = z.infer<typeof NamespaceSummary>

const namespacesPath = '/console/instances/:instanceId/namespaces'
const path = `${namespacesPath}/:namespace/policy`
const params = z.object({ instanceId: z.string(), namespace: z.string() })

/** One query value, or several of the same key. */
const names = z.pipe(
  z.union([z.string(), z.array(z.string())], 'required'),
  z.transform((value) => (Array.isArray(value) ? value : [value])),
)

export const namespacePolicyEndpoints = {
  /** Returns summaries of the given namespaces, in the given order, without those that do not exist. */
  listSummaries: endpoint({
    method: 'GET',
    path: `${namespacesPath}/summaries`,
    needs: 'read',
    about: 'instance',
    params: z.object({ instanceId: z.string() }),
    query: z.object({ name: names.check(z.minLength(1, 'required'), z.maxLength(100, 'at-most-100')) }),
    body: 'none',
    response: z.object({ items: z.array(NamespaceSummary) }),
  }),

  get: endpoint({
    method: 'GET',
    path,
    needs: 'read',
    about: 'namespace',
    params,
    query: nothing,
    body: 'none',
    response: NamespacePolicy,
  }),

  update: endpoint({
    method: 'PUT',
    path,
    needs: 'change',
    about: 'namespace',
    action: 'namespace.change',
    params,
    query: nothing,
    body: NamespacePolicy,
    response: NamespacePolicy,
  }),
}
