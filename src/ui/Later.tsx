import { type ReactElement, type ReactNode, useSyncExternalStore } from 'react'
import { PartBoundary } from './PartBoundary.tsx'
import { isSettled, subscribeToSettled } from './settled.ts'

/** Draws `children`, whose code is loaded by `lazy`, once the first page stands; `fallback` keeps their place. */
export function Later({ fallback, children }: { fallback?: ReactNode; children: ReactNode }): ReactElement {
  const settled = useSyncExternalStore(subscribeToSettled, isSettled)
  return <PartBoundary fallback={fallback}>{settled ? children : fallback}</PartBoundary>
}
