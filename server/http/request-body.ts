import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { RegistryError } from '../registry/errors.ts'
import type { HttpContext } from './http-env.ts'

/** Bytes of a JSON body at most. */
const JSON_LIMIT = 1024 * 1024

/**
 * The bytes of the request. Behind a listener these are the socket's own: whoever reads them must not destroy
 * them, or the client could not be answered any more.
 */
export function requestBody(c: HttpContext): Readable {
  if (c.env?.incoming) return c.env.incoming
  // Two declarations of the same class: the global one and Node's.
  const body = c.req.raw.body as ReadableStream<Uint8Array> | null
  return body ? Readable.fromWeb(body) : Readable.from([])
}

/**
 * The bytes of the request as they come in. Whoever stops early leaves the rest where it is, so that the client can
 * still be answered. Throws `upload-cut-off`.
 */
export async function* requestBytes(c: HttpContext): AsyncGenerator<Uint8Array> {
  const body = requestBody(c)
  // Somebody must listen, or a connection that breaks afterwards ends the process.
  body.on('error', () => {})
  try {
    yield* body.iterator({ destroyOnReturn: false })
  } catch {
    throw new RegistryError('upload-cut-off')
  }
}

/**
 * The JSON of the body; no bytes at all count as `{}`, so that what is missing is said by the name of its field.
 * Throws `json-malformed`, `body-too-large` and `upload-cut-off`.
 */
export async function readJson(c: HttpContext): Promise<unknown> {
  const bytes = await readBounded(requestBody(c), JSON_LIMIT)
  if (bytes.length === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new RegistryError('json-malformed')
  }
}

/** Reads to the end, or up to `limit` bytes and no further; the stream is left as it is. */
function readBounded(body: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const settle = (outcome: () => void) => {
      body.off('data', onData).off('end', onEnd).off('close', onCut).off('error', onCut)
      // Somebody must listen, or a connection that breaks afterwards ends the process.
      body.on('error', () => {})
      outcome()
    }
    const onData = (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) return void chunks.push(chunk)
      body.pause()
      settle(() => reject(new RegistryError('body-too-large', { limit })))
    }
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks)))
    const onCut = () => settle(() => reject(new RegistryError('upload-cut-off')))
    body.on('data', onData).on('end', onEnd).on('close', onCut).on('error', onCut)
  })
}
