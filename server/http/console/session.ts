import { type Session, sessionEndpoints } from '../../../contract/console/session.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { findAccount } from '../../registry/people/account-queries.ts'
import { preferencesOf } from '../../registry/people/own-account.ts'
import { findSession, type Session as RegistrySession, signIn, signOut } from '../../registry/sign-in/sessions.ts'
import type { Api } from '../api.ts'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '../authentication/session-cookie.ts'
import type { Context } from '../context.ts'
import { route } from '../route.ts'
import { signsInBy } from './accounts.ts'

/** Sign-in, sign-out and the current session. */
export function mountSession(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, sessionEndpoints.signIn, async ({ call, body, http }) => {
    http.set('claimedName', body.account)
    const { token, session } = await signIn(registry, call, body)
    setSessionCookie(http, token, context.publicUrl)
    return toSession(context, session)
  })

  route(api, sessionEndpoints.get, async ({ http }) => {
    const session = await findSession(registry, readSessionCookie(http) ?? '')
    // The session may have ended since the request was authenticated.
    if (!session) throw new RegistryError('session-missing')
    return toSession(context, session)
  })

  route(api, sessionEndpoints.signOut, async ({ call, http }) => {
    const token = readSessionCookie(http)
    if (token !== undefined) await signOut(registry, call, token)
    clearSessionCookie(http, context.publicUrl)
    return undefined
  })
}

async function toSession({ registry }: Context, { caller, expires }: RegistrySession): Promise<Session> {
  const row = await findAccount(registry.database.read, caller.id)
  if (!row) throw new RegistryError('session-missing')
  return {
    account: { name: row.name, role: row.role, signsInBy: signsInBy(row) },
    preferences: preferencesOf(row),
    grants: [...caller.grants],
    expires,
  }
}
