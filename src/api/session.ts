import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { getSession, type Session, signIn, signOut } from '../../contract/console/session.ts'
import { call } from './http.ts'

/** Who is signed in. */
export const sessionQueries = {
  /** Asked once: that a session has ended shows on whatever is asked of the server next. */
  current: () =>
    queryOptions({
      queryKey: ['session'],
      queryFn: ({ signal }) => askSession(signal),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
    }),
}

/** Who is signed in now, whatever is remembered. Nobody: ApiError with status 401. */
export function askSession(signal?: AbortSignal): Promise<Session> {
  return call(getSession, { ...(signal && { signal }), withoutSession: 'throw' })
}

/** Opens a session; its cookie comes with the answer. Wrong password: ApiError with status 401; throttled: 429. */
export function startSession(body: z.input<typeof signIn.body>): Promise<Session> {
  return call(signIn, { body, withoutSession: 'throw' })
}

/** Ends the session, if there is one. */
export function endSession(): Promise<undefined> {
  return call(signOut, { withoutSession: 'throw' })
}
