import { fixPassword, getUserProfile, issuePassword } from '../../../contract/ccr/credentials.ts'
import type { Call } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import {
  callingAccount,
  fixInstancePassword,
  issueTemporaryPassword,
} from '../../registry/people/instance-passwords.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'
import { instanceOf } from './instances.ts'

/** Where the service's own sample asks for a profile. */
const SAMPLE_PATH = '/v1//users/profile'

/** The passwords that the caller has at the Helm doors of an instance, and the name that goes with them. */
export function mountCredentials(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, fixPassword, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    await fixInstancePassword(registry, call, body.password)
    return undefined
  })

  route(app, context, issuePassword, async ({ call, params, body }) => {
    await instanceOf(context, params.instanceId)
    return { password: await issueTemporaryPassword(registry, call, body.duration) }
  })

  for (const path of [getUserProfile.path, SAMPLE_PATH]) {
    route(app, context, { ...getUserProfile, path }, async ({ call, query }) => {
      return { name: await loginName(context, call, query.userId) }
    })
  }
}

/** Throws `account-missing`, also for an account that is nothing to the caller. */
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
