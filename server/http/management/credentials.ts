import { credentialEndpoints } from '../../../contract/ccr/credentials.ts'
import type { Call } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import {
  callingAccount,
  fixInstancePassword,
  issueTemporaryPassword,
} from '../../registry/people/instance-passwords.ts'
import type { Api } from '../api.ts'
import type { Context } from '../context.ts'
import { route } from '../route.ts'

/** Path in a sample of the vendor's documentation. */
const SAMPLE_PATH = '/v1//users/profile'

/** The caller's passwords for the Helm APIs of an instance, and the login name that they belong to. */
export function mountCredentials(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, credentialEndpoints.fixPassword, async ({ call, body }) => {
    await fixInstancePassword(registry, call, body.password)
    return undefined
  })

  route(api, credentialEndpoints.issuePassword, async ({ call, body }) => {
    return { password: await issueTemporaryPassword(registry, call, body.duration) }
  })

  for (const path of [credentialEndpoints.getProfile.path, SAMPLE_PATH]) {
    route(api, { ...credentialEndpoints.getProfile, path }, async ({ call, query }) => {
      return { name: await loginName(context, call, query.userId) }
    })
  }
}

/** Returns the login name of an account. Throws `account-missing`, also if the caller may not know the account. */
async function loginName({ registry }: Context, call: Call, user: string): Promise<string> {
  const { id, name, role } = callingAccount(call)
  if (user === id || user === name) return name
  const other =
    role === 'administrator'
      ? await registry.database.read
          .selectFrom('accounts')
          .select('name')
          .where((eb) => eb.or([eb('id', '=', user), eb('name', '=', user)]))
          .executeTakeFirst()
      : undefined
  if (!other) throw new RegistryError('account-missing', { account: user })
  return other.name
}
