import { buffer } from 'node:stream/consumers'
import { openPromise } from 'yauzl'

/** Reads a zip with a common library and returns the bytes of its entries by name. */
export async function readZip(path: string): Promise<Map<string, Buffer>> {
  const zip = await openPromise(path, { lazyEntries: true })
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  }
  return files
}
