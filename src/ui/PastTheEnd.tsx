import { useEffect } from 'react'

/** Navigates to the last page that has rows, as after deletions or from an outdated URL. */
export function PastTheEnd({ last, onGo }: { last: number; onGo: (last: number) => void }): null {
  // The URL is outside React.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onGo` changes with each render; only the page matters
  useEffect(() => onGo(last), [last])
  return null
}
