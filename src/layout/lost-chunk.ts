import { currentMessages } from '../i18n/language.ts'
import { showInfo } from '../ui/feedback.ts'

/*
 * Loading a chunk of the console fails when the connection is lost, or when the server was upgraded while a tab was
 * open. In the second case a reload fetches the new console, without asking: once per page and build, so that it never
 * loops.
 */

const RELOADED = 'chartroom.reloaded'
const UPDATED_FROM = 'chartroom.updated-from'
const lost = new WeakSet<object>()

/** Records failed dynamic imports for {@link isLostChunk}: Vite dispatches an event before it throws the error. */
export function watchForLostChunks(): void {
  window.addEventListener('vite:preloadError', (event) => lost.add(event.payload))
}

/** Whether the error was thrown by a dynamic import. */
export function isLostChunk(error: unknown): boolean {
  return typeof error === 'object' && error !== null && lost.has(error)
}

/** Reloads the page if the server responds, unless this page was reloaded before in this build. */
export async function reloadOnce(): Promise<void> {
  const place = `${build()} ${location.pathname}`
  if (sessionStorage.getItem(RELOADED) === place || !(await isServerReachable())) return
  sessionStorage.setItem(RELOADED, place)
  sessionStorage.setItem(UPDATED_FROM, build())
  location.reload()
}

/** Reloads the page if the server responds, else returns false: the browser's error page would replace ours. */
export async function reloadIfOnline(): Promise<boolean> {
  if (!(await isServerReachable())) return false
  location.reload()
  return true
}

/** Shows that the console was updated if {@link reloadOnce} has loaded another build. */
export function notifyIfUpdated(): void {
  const before = sessionStorage.getItem(UPDATED_FROM)
  sessionStorage.removeItem(UPDATED_FROM)
  if (before !== null && before !== build()) showInfo(currentMessages().common.updatedNow)
}

/** Identifies the build by the page's scripts, whose names contain hashes. */
function build(): string {
  return [...document.scripts].map(({ src }) => src).join(' ')
}

async function isServerReachable(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store', headers: { Accept: 'text/html' } })).ok
  } catch {
    return false
  }
}
