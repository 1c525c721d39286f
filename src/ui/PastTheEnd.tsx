import { useEffect } from 'react'

/** Goes to the last page that has rows: others were deleted, or the address is older than the list. */
export function PastTheEnd({ last, onGo }: { last: number; onGo: (last: number) => void }): null {
  // The address is outside React.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onGo` is new with each render; the page to go to is what counts
  useEffect(() => onGo(last), [last])
  return null
}
