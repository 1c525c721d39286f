import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Session } from '../../contract/console/session.ts'
import { signInMethodQueries } from '../api/provider.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useStore } from '../use-store.ts'
import { signInGate } from './session-gate.ts'

/** Loads the dialog to sign in again. */
export const loadGateDialog = () => import('./GateDialog.tsx')
const GateDialog = lazyPart(async () => (await loadGateDialog()).GateDialog)

/** Shows a sign-in dialog over the page when the session has expired. */
export function SessionGate({ account }: { account: Session['account'] }): ReactElement | null {
  const open = useStore(signInGate) !== null
  const methods = useQuery({ ...signInMethodQueries.current(), enabled: open && account.signsInBy.provider })
  // Wait for the options: the first one takes focus.
  if (!open || methods.isLoading) return null
  return (
    <PartBoundary>
      <GateDialog account={account} provider={methods.data?.provider ?? null} />
    </PartBoundary>
  )
}
