import { type Member, memberEndpoints } from '../../../contract/console/members.ts'
import { listMembers, type MemberRow } from '../../registry/people/member-queries.ts'
import { ALL_NAMESPACES, giveGrants, takeGrants } from '../../registry/people/members.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

/** Members of an instance and their grants, for its administrators. */
export function mountMembers(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, memberEndpoints.list, async ({ query, instance: { id: instanceId } }) => {
    const filters = { ...pageRequest(query), instanceId, query: query.query }
    const { total, rows } = await listMembers(registry.database.read, filters)
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items: rows.map(toMember) }
  })

  route(api, memberEndpoints.grant, async ({ call, body }) => {
    await giveGrants(registry, call, body)
    return undefined
  })

  route(api, memberEndpoints.revoke, async ({ call, body }) => {
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
