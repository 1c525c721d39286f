import { ownCredentialEndpoints } from '../../../contract/console/credentials.ts'
import { callingAccount } from '../../registry/people/instance-passwords.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'

/** Details of the caller's passwords for an instance that the management API lacks. */
export function mountOwnCredentials(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, ownCredentialEndpoints.getSummary, async ({ call, params }) => {
    const { id, name } = callingAccount(call)
    const rows = await registry.database.read
      .selectFrom('instance_passwords')
      .select(['created_at', 'expires_at'])
      .where('account_id', '=', id)
      .where('instance_id', '=', params.instanceId)
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', registry.now())]))
      .orderBy('expires_at')
      .execute()
    return {
      name,
      fixed: rows.find(({ expires_at }) => expires_at === null)?.created_at ?? null,
      temporary: rows.flatMap(({ created_at, expires_at }) =>
        expires_at === null ? [] : [{ created: created_at, expires: expires_at }],
      ),
    }
  })
}
