import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { errorWithStatus } from '../api/api-error.ts'
import { sessionQueries } from '../api/session.ts'
import { Splash } from '../layout/Splash.tsx'
import { paths } from '../paths.ts'
import { LoadError } from '../ui/LoadError.tsx'
import { SessionGate } from './SessionGate.tsx'
import standaloneStyles from './standalone.module.css'
import { useAccountPreferences } from './use-account-preferences.ts'

/** Restricts its child routes to signed-in users; redirects others to the sign-in page, which returns here. */
export function RequireSession(): ReactElement {
  const session = useQuery(sessionQueries.current())
  useAccountPreferences(session.data)
  const { pathname, search, hash } = useLocation()
  if (session.data) {
    return (
      <>
        <Outlet />
        <SessionGate account={session.data.account} />
      </>
    )
  }
  if (errorWithStatus(session.error, 401)) {
    return <Navigate to={paths.signIn(`${pathname}${search}${hash}`)} replace />
  }
  if (session.error) {
    return (
      <main className={standaloneStyles.standalone}>
        <LoadError error={session.error} onRetry={() => void session.refetch()} />
      </main>
    )
  }
  return <Splash />
}
