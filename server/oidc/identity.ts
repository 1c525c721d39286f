import { isAccountName } from '../../contract/domain/account-name.ts'
import type { Identity } from '../registry/sign-in/provider-sign-in.ts'
import type { OidcConfig } from './oidc-config.ts'

/** What a provider says of somebody, by the name of each claim. */
export type Claims = Readonly<Record<string, unknown>>

type Wanted = Pick<OidcConfig, 'accountClaims' | 'groupsClaim'>

/** Whether the claims have all that is wanted: else there may be more at the provider. */
export function isComplete(claims: Claims, wanted: Wanted): boolean {
  return accountName(claims, wanted) !== undefined && claimAt(claims, wanted.groupsClaim) !== undefined
}

/** Who the claims are about. The issuer and its subject alone say who it is; names and groups may change. */
export function identityOf(issuer: string, subject: string, claims: Claims, wanted: Wanted): Identity {
  const groups = claimAt(claims, wanted.groupsClaim)
  return {
    subject: `${issuer} ${subject}`,
    name: accountName(claims, wanted),
    groups: (Array.isArray(groups) ? groups : [groups]).filter((group) => typeof group === 'string'),
  }
}

function accountName(claims: Claims, { accountClaims }: Wanted): string | undefined {
  return (
    accountClaims
      // Somebody may have typed in an address of somebody else.
      .filter((name) => name !== 'email' || claims.email_verified !== false)
      .map((name) => claimAt(claims, name))
      .map((value) => (typeof value === 'string' ? value.trim() : ''))
      .find(isAccountName)
  )
}

/** A claim by its name; failing that, dots lead into objects: `realm_access.roles` of Keycloak. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name
    .split('.')
    .reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), claims)
}

function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null
}
