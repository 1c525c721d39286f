import {
  changeOwnPassword as changeOwnPasswordEndpoint,
  choosePreferences as choosePreferencesEndpoint,
  getOwnAccount,
} from '../../../contract/console/own-account.ts'
import { listGrantsWithNames } from '../../registry/people/grant-queries.ts'
import { ALL_NAMESPACES } from '../../registry/people/members.ts'
import { changeOwnPassword, choosePreferences, ownAccount } from '../../registry/people/own-account.ts'
import { readSessionCookie } from '../authentication/session-cookie.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'
import { signsInBy } from './accounts.ts'

/** What people see and change of their own account. */
export function mountOwnAccount(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, getOwnAccount, async ({ call }) => {
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

  route(app, context, changeOwnPasswordEndpoint, async ({ call, body, http }) => {
    await changeOwnPassword(registry, call, { ...body, token: readSessionCookie(http) ?? '' })
    return undefined
  })

  route(app, context, choosePreferencesEndpoint, ({ call, body }) => choosePreferences(registry, call, body))
}
