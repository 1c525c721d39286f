import { expect } from 'vitest'
import type { ListeningApp, WireAnswer, WireRequest } from '../../testing/listening-app.ts'
import { basic } from '../../testing/open-test-app.ts'

/** Sends over a real connection as the administrator. Calls `server` for each request, not before. */
export function ociWire(server: () => ListeningApp) {
  function send(method: string, path: string, request: WireRequest = {}): Promise<WireAnswer> {
    return server().send(method, path, { ...request, headers: { Authorization: basic(), ...request.headers } })
  }

  /** Sends a body in one chunk, with its length. */
  function sendWhole(method: string, path: string, body?: Buffer, headers = {}): Promise<WireAnswer> {
    return send(
      method,
      path,
      body ? { body: [body], headers: { ...headers, 'Content-Length': body.length } } : { headers },
    )
  }

  /** Begins an upload; returns its location. */
  async function begin(path: string): Promise<string> {
    const answer = await send('POST', path, { headers: { 'Content-Length': 0 } })
    expect(answer.status).toBe(202)
    return answer.headers.location ?? ''
  }

  return { send, sendWhole, begin }
}

/** First error code of a response. */
export function codeOf(answer: WireAnswer): string {
  return JSON.parse(answer.body.toString()).errors[0].code
}

/** Pushes blobs to a repository and checks them, with digests of one algorithm. */
export function blobWire(server: () => ListeningApp, repository: string, digestOf: (bytes: Uint8Array) => string) {
  const { send } = ociWire(server)

  /** Expects the blob from HEAD and GET. */
  async function expectBlob(bytes: Uint8Array, name = repository): Promise<void> {
    const path = `/v2/${name}/blobs/${digestOf(bytes)}`
    const head = await send('HEAD', path)
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': String(bytes.length) } })
    expect(head.headers['docker-content-digest']).toBe(digestOf(bytes))
    const answer = await send('GET', path, { headers: { 'Accept-Encoding': 'gzip' } })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-encoding']).toBeUndefined()
    expect(answer.body.equals(bytes)).toBe(true)
  }

  async function put(location: string, bytes: Uint8Array, body?: Uint8Array, headers = {}): Promise<WireAnswer> {
    const path = `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digestOf(bytes))}`
    const length = body ? { 'Content-Length': body.length, 'Content-Type': 'application/octet-stream' } : {}
    return send('PUT', path, { ...(body && { body: [body] }), headers: { ...length, ...headers } })
  }

  function patch(location: string, bytes: Uint8Array, first: number): Promise<WireAnswer> {
    const range = `${first}-${first + bytes.length - 1}`
    const headers = {
      'Content-Length': bytes.length,
      'Content-Range': range,
      'Content-Type': 'application/octet-stream',
    }
    return send('PATCH', location, { body: [bytes], headers })
  }
  return { expectBlob, put, patch }
}
