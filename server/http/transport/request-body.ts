import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HttpContext } from '../http-env.ts'

/** Maximum size of a JSON body, in bytes. */
const JSON_LIMIT = 1024 * 1024
/** Time limit for reading a whole body. */
const BODY_SECONDS = 60

/**
 * Returns the body as a stream. With a listener it is Node's request, which must not be destroyed: that would close the
 * connection before the response is sent.
 */
export function requestBody(c: HttpContext): Readable {
  if (c.env?.incoming) return c.env.incoming
  // Node and the DOM library declare the same class twice.
  const body = c.req.raw.body as ReadableStream<Uint8Array> | null
  return body ? Readable.fromWeb(body) : Readable.from([])
}

/**
 * Yields the body as it arrives. Stopping early leaves the rest unread and the connection open for the response. Throws
 * `upload-cut-off`.
 */
export async function* requestBytes(c: HttpContext): AsyncGenerator<Uint8Array> {
  const body = requestBody(c)
  // Without a listener, a connection that breaks later would end the process.
  body.on('error', () => {})
  try {
    yield* body.iterator({ destroyOnReturn: false })
  } catch {
    throw new RegistryError('upload-cut-off')
  }
}

/**
 * Parses the body as JSON. An empty body counts as `{}`, so that the error names the missing field. Throws
 * `json-malformed`, and the errors of {@link readBody}.
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
 * Reads the whole body, up to `limit` bytes and within a time limit. Throws `tooLarge`, `body-too-slow`,
 * `upload-cut-off`; the stream is then left as it is.
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
      // Without a listener, a connection that breaks later would end the process.
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
