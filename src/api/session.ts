import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { type Session, sessionEndpoints } from '../../contract/console/session.ts'
import { sessionBegan } from '../session/session-gate.ts'
import { call } from './http.ts'

/** The signed-in account. */
export const sessionQueries = {
  /** Fetched once and never refetched: the response to any later request shows if the session has ended. */
  current: () =>
    queryOptions({
      queryKey: ['session'],
      queryFn: ({ signal }) => fetchSession(signal),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
    }),
}

/** Fetches the session, bypassing the cache. Throws {@link ApiError} 401 when signed out. */
export async function fetchSession(signal?: AbortSignal): Promise<Session> {
  const session = await call(sessionEndpoints.get, { ...(signal && { signal }), withoutSession: 'throw' })
  sessionBegan()
  return session
}

/** Signs in; the response sets the session cookie. Throws {@link ApiError}: 401 wrong password, 429 throttled. */
export async function startSession(body: z.input<typeof sessionEndpoints.signIn.body>): Promise<Session> {
  const session = await call(sessionEndpoints.signIn, { body, withoutSession: 'throw' })
  sessionBegan()
  return session
}

/** Ends the session, if there is one. */
export function endSession(): Promise<undefined> {
  return call(sessionEndpoints.signOut, { withoutSession: 'throw' })
}
