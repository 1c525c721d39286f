import { currentMessages } from '../i18n/language.ts'
import type { SaveResponse } from './downloads.ts'

/** Maximum bytes buffered in the page before they become a Blob, which the browser may keep on disk. */
const BUFFER_LIMIT = 8 * 1024 * 1024

/** Reads a response completely, then saves it as a file. A lost connection is an error, not a truncated file. */
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
  // By then the browser has started to save the file.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return file.size
}

async function readAll(
  response: Response,
  total: number | null,
  onProgress: (received: number, total: number | null) => void,
): Promise<Blob> {
  const blobs: Blob[] = []
  let buffered: Uint8Array<ArrayBuffer>[] = []
  let bufferedBytes = 0
  let received = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    buffered.push(value)
    bufferedBytes += value.length
    received += value.length
    if (bufferedBytes >= BUFFER_LIMIT) {
      blobs.push(new Blob(buffered))
      buffered = []
      bufferedBytes = 0
    }
    onProgress(received, total)
  }
  return new Blob([...blobs, ...buffered], { type: response.headers.get('content-type') ?? '' })
}
