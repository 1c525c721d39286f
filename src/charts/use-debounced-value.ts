import { useEffect, useState } from 'react'

/** Returns `value` debounced by 250 ms: for searching while the user types. */
export function useDebouncedValue(value: string): string {
  const [debounced, setDebounced] = useState(value)
  // A timer is outside React.
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), 250)
    return () => clearTimeout(timer)
  }, [value])
  return debounced
}
