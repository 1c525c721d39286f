import type { Digest } from '../../blobs/blob-store.ts'
import { checkBlob, openBlobInPlace } from '../../registry/blobs/stored-blobs.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import type { parseRange } from './byte-range.ts'
import { sendStream } from './send-stream.ts'

/** A stored blob and the headers to send it with. */
export interface BlobToSend {
  readonly digest: Digest
  readonly size: number
  /** Name for error messages. */
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Sends a blob or a range of it. HEAD checks the store too, without opening the blob. Throws `range-unsatisfiable`,
 * `blob-lost`.
 */
export async function sendBlob(
  c: HttpContext,
  context: Context,
  { digest, size, name, headers }: BlobToSend,
  range: ReturnType<typeof parseRange>,
): Promise<Response> {
  c.header('Accept-Ranges', 'bytes')
  if (range === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${size}`)
    throw new RegistryError('range-unsatisfiable', { file: name, size })
  }
  const { first, last } = range ?? { first: 0, last: size - 1 }
  const length = last - first + 1
  const isOpened = c.req.method !== 'HEAD' && length > 0
  const blob = { digest, size }
  const bytes = isOpened ? await openBlobInPlace(context.registry, blob, { first, last }) : null
  if (!isOpened) await checkBlob(context.registry, blob)
  for (const [header, value] of Object.entries(headers)) c.header(header, value)
  c.header('Content-Length', String(length))
  if (range) c.header('Content-Range', `bytes ${first}-${last}/${size}`)
  const status = range ? 206 : 200
  return bytes ? sendStream(c, context, bytes, status) : c.body(null, status)
}
