import { currentMessages } from '../i18n/language.ts'
import { showInfo } from '../ui/feedback.ts'

/*
 * A chunk of the console cannot be loaded when the connection is lost, or when the server was upgraded under an open
 * tab. In the second case a reload brings the new console, and is done without asking: once for each page and build,
 * so that it never becomes a loop.
 */

const RELOADED = 'chartroom.reloaded'
const UPDATED_FROM = 'chartroom.updated-from'
const lost = new WeakSet<object>()

/** From now on {@link isLostChunk} knows the failures of dynamic imports: Vite announces each before it is thrown. */
export function watchForLostChunks(): void {
  window.addEventListener('vite:preloadError', (event) => lost.add(event.payload))
}

/** Whether the error is that of a dynamic import. */
export function isLostChunk(error: unknown): boolean {
  return typeof error === 'object' && error !== null && lost.has(error)
}

/** Reloads the page when the server answers, unless that was done before for this page and this build. */
export async function reloadOnce(): Promise<void> {
  const place = `${build()} ${location.pathname}`
  if (sessionStorage.getItem(RELOADED) === place || !(await isServerThere())) return
  sessionStorage.setItem(RELOADED, place)
  sessionStorage.setItem(UPDATED_FROM, build())
  location.reload()
}

/** Reloads the page when the server answers; otherwise answers false: the browser's own error page would replace ours. */
export async function reloadIfServerIsThere(): Promise<boolean> {
  if (!(await isServerThere())) return false
  location.reload()
  return true
}

/** Says that the console was updated, when {@link reloadOnce} brought another build than there was. */
export function sayIfUpdated(): void {
  const before = sessionStorage.getItem(UPDATED_FROM)
  sessionStorage.removeItem(UPDATED_FROM)
  if (before !== null && before !== build()) showInfo(currentMessages().common.updatedNow)
}

/** The scripts of the page, whose names are hashes. */
function build(): string {
  return [...document.scripts].map(({ src }) => src).join(' ')
}

async function isServerThere(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store', headers: { Accept: 'text/html' } })).ok
  } catch {
    return false
  }
}
