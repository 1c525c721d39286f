import {
  getNamespacePolicy,
  listNamespaceSummaries,
  type NamespaceSummary,
  updateNamespacePolicy,
} from '../../../contract/console/namespaces.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { isAllowed } from '../../registry/core/permissions.ts'
import { findNamespaces } from '../../registry/instances/namespace-queries.ts'
import { updateNamespace } from '../../registry/instances/namespaces.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { instanceOf } from '../management/instances.ts'
import { namespaceOf } from '../management/namespaces.ts'
import { route } from '../route.ts'

/** What the management API does not know of namespaces: whether they are immutable. */
export function mountNamespacePolicies(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, listNamespaceSummaries, async ({ call, params, query }) => {
    const { id: instance } = await instanceOf(context, params.instanceId)
    const rows = await findNamespaces(registry.database.read, instance, query.name)
    return {
      items: rows.filter(({ name }) => isAllowed(call.caller, 'read', { instance, namespace: name })).map(toFacts),
    }
  })

  route(app, context, getNamespacePolicy, async ({ params }) => toFacts(await namespaceOf(context, params)))

  route(app, context, updateNamespacePolicy, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    return toFacts(await updateNamespace(registry, call, params.projectName, body))
  })
}

function toFacts({ name, immutable }: NamespaceRow): NamespaceSummary {
  return { name, immutable: immutable === 1 }
}
