import {
  giveGrants as giveGrantsEndpoint,
  listMembers as listMembersEndpoint,
  type Member,
  takeGrants as takeGrantsEndpoint,
} from '../../../contract/console/members.ts'
import { listMembers, type MemberRow } from '../../registry/people/member-queries.ts'
import { ALL_NAMESPACES, giveGrants, takeGrants } from '../../registry/people/members.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { instanceOf } from '../management/instances.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

/** Who may do what in an instance: for those who administer it. */
export function mountMembers(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, listMembersEndpoint, async ({ params, query }) => {
    const { id: instanceId } = await instanceOf(context, params.instanceId)
    const wanted = { ...pageRequest(query), instanceId, query: query.query }
    const { total, rows } = await listMembers(registry.database.read, wanted)
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items: rows.map(toMember) }
  })

  route(app, context, giveGrantsEndpoint, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    await giveGrants(registry, call, body)
    return undefined
  })

  route(app, context, takeGrantsEndpoint, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    await takeGrants(registry, call, body.items)
    return undefined
  })
}

function toMember({ account, grants }: MemberRow): Member {
  return {
    account: account.name,
    disabled: account.disabled === 1,
    grants: grants.map(({ namespace, role, source, created_at }) => ({
      namespace: namespace === ALL_NAMESPACES ? null : namespace,
      role,
      source,
      created: created_at,
    })),
  }
}
