import { useSyncExternalStore } from 'react'
import type { ReadableStore } from './create-store.ts'

/** Returns the store's value; the component re-renders when it changes. */
export function useStore<Value>(store: ReadableStore<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.get)
}
