/** Name of the broadcast channel between the tabs of a browser. */
const CHANNEL = 'chartroom-signed-in'

/** Notifies the other tabs of a sign-in in this one. */
export function announceSignIn(): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(null)
  channel.close()
}

/** Calls `listener` after each sign-in in another tab, until the returned function is called. */
export function onSignedInElsewhere(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = listener
  return () => channel.close()
}
