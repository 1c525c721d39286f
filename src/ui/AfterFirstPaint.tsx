import type { ReactElement, ReactNode } from 'react'
import { createStore } from '../create-store.ts'
import { useStore } from '../use-store.ts'
import { PartBoundary } from './PartBoundary.tsx'

/** Whether the first page is complete; never becomes false again. */
const painted = createStore(false)

/**
 * Renders `children`, whose code is loaded by `lazyPart`, after the first paint; until then `fallback` reserves the
 * space. For parts that reading and searching a page do not need: their download must not delay what does.
 */
export function AfterFirstPaint({ fallback, children }: { fallback?: ReactNode; children: ReactNode }): ReactElement {
  const isPainted = useStore(painted)
  return <PartBoundary fallback={fallback}>{isPainted ? children : fallback}</PartBoundary>
}

/** Renders everything in `AfterFirstPaint`. */
export function markFirstPaint(): void {
  painted.set(true)
}
