/** A value outside React that components subscribe to, through `useStore`. */
export interface Store<Value> extends ReadableStore<Value> {
  readonly set: (value: Value) => void
}

export interface ReadableStore<Value> {
  readonly get: () => Value
  /** Calls `listener` after each change, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void
}

/** Creates a store. Its functions work without `this`, as React's useSyncExternalStore calls them. */
export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
