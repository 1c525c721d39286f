import { currentMessages } from '../i18n/language.ts'
import type { SaveResponse } from './downloads.ts'

/** Bytes held by the page at most before they are handed to the browser, which may keep them on disk. */
const HELD = 8 * 1024 * 1024

/** Reads a response to its end, then saves it as a file. A connection that breaks off is an error, not a short file. */
export const saveResponse: SaveResponse = async (response, fileName, onProgress) => {
  const total = Number(response.headers.get('content-length')) || null
  const file = await readAll(response, total, onProgress).catch((error: unknown) => {
    throw error instanceof TypeError ? new Error(currentMessages().versions.downloadCut) : error
  })
  if (total !== null && file.size < total) throw new Error(currentMessages().versions.downloadCut)

  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = fileName
  link.click()
  // The browser has taken hold of the file by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return file.size
}

async function readAll(
  response: Response,
  total: number | null,
  onProgress: (received: number, total: number | null) => void,
): Promise<Blob> {
  const kept: Blob[] = []
  let held: Uint8Array<ArrayBuffer>[] = []
  let heldBytes = 0
  let received = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    held.push(value)
    heldBytes += value.length
    received += value.length
    if (heldBytes >= HELD) {
      kept.push(new Blob(held))
      held = []
      heldBytes = 0
    }
    onProgress(received, total)
  }
  return new Blob([...kept, ...held], { type: response.headers.get('content-type') ?? '' })
}
