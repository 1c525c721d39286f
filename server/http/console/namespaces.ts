import { type NamespaceSummary, namespacePolicyEndpoints } from '../../../contract/console/namespaces.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { isAllowed } from '../../registry/core/permissions.ts'
import { findNamespaces } from '../../registry/instances/namespace-queries.ts'
import { updateNamespace } from '../../registry/instances/namespaces.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'

/** Settings of namespaces that the management API lacks: whether they are immutable. */
export function mountNamespacePolicies(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, namespacePolicyEndpoints.listSummaries, async ({ call, query, instance: { id: instance } }) => {
    const rows = await findNamespaces(registry.database.read, instance, query.name)
    return {
      items: rows.filter(({ name }) => isAllowed(call.caller, 'read', { instance, namespace: name })).map(toSummary),
    }
  })

  route(api, namespacePolicyEndpoints.get, async ({ namespace }) => toSummary(namespace))

  route(api, namespacePolicyEndpoints.update, async ({ call, params, body }) => {
    return toSummary(await updateNamespace(registry, call, params.namespace, body))
  })
}

function toSummary({ name, immutable }: NamespaceRow): NamespaceSummary {
  return { name, immutable: immutable === 1 }
}
