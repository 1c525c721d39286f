import { useQuery } from '@tanstack/react-query'
import type { Session } from '../../contract/console/session.ts'
import type { Needs } from '../../contract/domain/needs.ts'
import { type GrantPlace, grantsAllow } from '../../contract/domain/roles.ts'
import { sessionQueries } from '../api/session.ts'

/** Whether the user has the permission `needs` at a place; without a place, on the registry as a whole. */
export type May = (needs: Needs, at?: GrantPlace) => boolean

/**
 * Returns the permission check of the signed-in user, by the same table of roles that the server uses. Nothing is
 * allowed until the session is loaded.
 */
export function useMay(): May {
  const { data: session } = useQuery(sessionQueries.current())
  return (needs, at) => session !== undefined && sessionAllows(session, needs, at)
}

/** Like {@link useMay}, but for at least one namespace of an instance, for pages where none is selected yet. */
export function useMaySomewhere(): (needs: Needs, instanceId: string) => boolean {
  const { data: session } = useQuery(sessionQueries.current())
  return (needs, instanceId) => {
    const places = session?.grants.map(({ namespace }) => ({ instanceId, namespace: namespace ?? undefined })) ?? []
    return session !== undefined && [undefined, ...places].some((at) => sessionAllows(session, needs, at))
  }
}

function sessionAllows({ account, grants }: Session, needs: Needs, at?: GrantPlace): boolean {
  if (account.role === 'administrator') return true
  return at !== undefined && grantsAllow(grants, needs, at)
}
