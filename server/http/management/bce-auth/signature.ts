import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Authorization } from './authorization.ts'
import { canonicalRequests, type SignedRequest } from './canonical-request.ts'

/** Whether the request was signed with this secret. Compares in constant time. */
export function isSignedWith(secret: string, authorization: Authorization, request: SignedRequest): boolean {
  const sent = Buffer.from(authorization.signature, 'hex')
  const key = hmac(secret, authorization.prefix).toString('hex')
  return canonicalRequests(request, authorization.signedHeaders).some((text) => timingSafeEqual(hmac(key, text), sent))
}

function hmac(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
