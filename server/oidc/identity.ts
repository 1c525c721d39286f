import { isAccountName } from '../../contract/domain/account-name.ts'
import type { Identity } from '../registry/sign-in/provider-sign-in.ts'
import type { OidcConfig } from './oidc-config.ts'

/** Claims of a user by their names. */
export type Claims = Readonly<Record<string, unknown>>

type ClaimNames = Pick<OidcConfig, 'accountClaims' | 'groupsClaim'>

/** Returns whether the claims contain the account name and the groups; if not, the userinfo endpoint may have more. */
export function isComplete(claims: Claims, names: ClaimNames): boolean {
  return accountName(claims, names) !== undefined && claimAt(claims, names.groupsClaim) !== undefined
}

/** Returns the user of claims, identified only by issuer and subject: names and groups may change. */
export function identityOf(issuer: string, subject: string, claims: Claims, names: ClaimNames): Identity {
  const groups = claimAt(claims, names.groupsClaim)
  return {
    subject: `${issuer} ${subject}`,
    name: accountName(claims, names),
    groups: (Array.isArray(groups) ? groups : [groups]).filter((group) => typeof group === 'string'),
  }
}

function accountName(claims: Claims, { accountClaims }: ClaimNames): string | undefined {
  return (
    accountClaims
      // An unverified e-mail address may belong to another person.
      .filter((name) => name !== 'email' || claims.email_verified !== false)
      .map((name) => claimAt(claims, name))
      .map((value) => (typeof value === 'string' ? value.trim() : ''))
      .find(isAccountName)
  )
}

/** Returns a claim by its name, or else by the path of a nested one: `realm_access.roles` of Keycloak. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name
    .split('.')
    .reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), claims)
}

function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null
}
