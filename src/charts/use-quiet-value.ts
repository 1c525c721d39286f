import { useEffect, useState } from 'react'

/** `value` once it has not changed for a quarter of a second: what is asked for while somebody types. */
export function useQuietValue(value: string): string {
  const [quiet, setQuiet] = useState(value)
  // A timer is outside React.
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), 250)
    return () => clearTimeout(timer)
  }, [value])
  return quiet
}
