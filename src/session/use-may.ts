import { useQuery } from '@tanstack/react-query'
import type { Session } from '../../contract/console/session.ts'
import type { Needs } from '../../contract/domain/needs.ts'
import { type GrantPlace, grantsAllow } from '../../contract/domain/roles.ts'
import { sessionQueries } from '../api/session.ts'

/** Whether the reader may do what `needs` says; without a place, to the registry as a whole. */
export type May = (needs: Needs, at?: GrantPlace) => boolean

/**
 * What the reader may do, by the same table that the server decides by: what they may not do is not offered.
 * Nothing, until it is known who they are.
 */
export function useMay(): May {
  const { data: session } = useQuery(sessionQueries.current())
  return (needs, at) => session !== undefined && sessionAllows(session, needs, at)
}

/** As {@link useMay}, in at least one namespace of an instance: what to offer where none is chosen yet. */
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
