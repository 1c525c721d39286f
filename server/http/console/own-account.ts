import { ownAccountEndpoints } from '../../../contract/console/own-account.ts'
import { listGrantsWithNames } from '../../registry/people/grant-queries.ts'
import { ALL_NAMESPACES } from '../../registry/people/members.ts'
import { changeOwnPassword, choosePreferences, ownAccount } from '../../registry/people/own-account.ts'
import type { Api } from '../api.ts'
import { readSessionCookie } from '../authentication/session-cookie.ts'
import { route } from '../route.ts'
import { signsInBy } from './accounts.ts'

/** The caller's own account. */
export function mountOwnAccount(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, ownAccountEndpoints.get, async ({ call }) => {
    const row = await ownAccount(registry, call)
    const grants = await listGrantsWithNames(registry.database.read, row.id)
    return {
      name: row.name,
      role: row.role,
      signsInBy: signsInBy(row),
      created: row.created_at,
      lastSignIn: row.last_sign_in_at,
      grants: grants.map(({ instance_id, instance_name, namespace, role, source }) => ({
        instanceId: instance_id,
        instanceName: instance_name,
        namespace: namespace === ALL_NAMESPACES ? null : namespace,
        role,
        source,
      })),
    }
  })

  route(api, ownAccountEndpoints.changePassword, async ({ call, body, http }) => {
    await changeOwnPassword(registry, call, { ...body, token: readSessionCookie(http) ?? '' })
    return undefined
  })

  route(api, ownAccountEndpoints.choosePreferences, ({ call, body }) => choosePreferences(registry, call, body))
}
