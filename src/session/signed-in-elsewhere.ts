/** What the tabs of one browser tell each other by. */
const CHANNEL = 'chartroom-signed-in'

/** Tells the other tabs that somebody has signed in here. */
export function tellSignedIn(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(null)
  channel.close()
}

/** Calls `listener` each time somebody has signed in in another tab, until the returned function is called. */
export function onSignedInElsewhere(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = listener
  return () => channel.close()
}
