import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useSyncExternalStore } from 'react'
import type { Session } from '../../contract/console/session.ts'
import { signInMethodQueries } from '../api/provider.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { isGateOpen, subscribeToGate } from './session-gate.ts'

/** Loads what asks to sign in again. */
export const loadGateDialog = () => import('./GateDialog.tsx')
const GateDialog = lazyPart(async () => (await loadGateDialog()).GateDialog)

/** Asks to sign in again, over the page, when the session has ended under it. */
export function SessionGate({ account }: { account: Session['account'] }): ReactElement | null {
  const open = useSyncExternalStore(subscribeToGate, isGateOpen)
  const ways = useQuery({ ...signInMethodQueries.current(), enabled: open && account.signsInBy.provider })
  // Not before it is known what to offer: the focus goes to the first of it.
  if (!open || ways.isLoading) return null
  return (
    <PartBoundary>
      <GateDialog account={account} provider={ways.data?.provider ?? null} />
    </PartBoundary>
  )
}
