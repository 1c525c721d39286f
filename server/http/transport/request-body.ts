import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HttpContext } from '../http-env.ts'

/** Bytes of a JSON body at most. */
const JSON_LIMIT = 1024 * 1024
/** How long a body that is read as a whole may take. */
const BODY_SECONDS = 60

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
 * Throws `json-malformed`, and what {@link readBody} throws.
 */
export async function readJson(c: HttpContext): Promise<unknown> {
  const bytes = await readBody(c, JSON_LIMIT)
  if (bytes.length === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new RegistryError('json-malformed')
  }
}

/**
 * The whole body, which must have come in soon; what is read of a stream is left as it is when it has no end.
 * Throws `tooLarge` over `limit` bytes, `body-too-slow`, `upload-cut-off`.
 */
export function readBody(
  c: HttpContext,
  limit: number,
  tooLarge: 'body-too-large' | 'manifest-too-large' = 'body-too-large',
): Promise<Buffer> {
  const body = requestBody(c)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const settle = (outcome: () => void) => {
      clearTimeout(timer)
      body.off('data', onData).off('end', onEnd).off('close', onCut).off('error', onCut)
      // Somebody must listen, or a connection that breaks afterwards ends the process.
      body.on('error', () => {})
      outcome()
    }
    const refuse = (error: RegistryError) => {
      body.pause()
      settle(() => reject(error))
    }
    const onData = (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) refuse(new RegistryError(tooLarge, { limit }))
      else chunks.push(chunk)
    }
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks)))
    const onCut = () => settle(() => reject(new RegistryError('upload-cut-off')))
    const onLate = () => refuse(new RegistryError('body-too-slow', { limit: BODY_SECONDS }))
    const timer = setTimeout(onLate, BODY_SECONDS * 1000)
    body.on('data', onData).on('end', onEnd).on('close', onCut).on('error', onCut)
  })
}
