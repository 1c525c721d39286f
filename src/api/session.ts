import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod/mini'
import { getSession, type Session, signIn, signOut } from '../../contract/console/session.ts'
import { sessionBegan } from '../session/session-gate.ts'
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
export async function askSession(signal?: AbortSignal): Promise<Session> {
  const session = await call(getSession, { ...(signal && { signal }), withoutSession: 'throw' })
  sessionBegan()
  return session
}

/** Opens a session; its cookie comes with the answer. Wrong password: ApiError with status 401; throttled: 429. */
export async function startSession(body: z.input<typeof signIn.body>): Promise<Session> {
  const session = await call(signIn, { body, withoutSession: 'throw' })
  sessionBegan()
  return session
}

/** Ends the session, if there is one. */
export function endSession(): Promise<undefined> {
  return call(signOut, { withoutSession: 'throw' })
}
