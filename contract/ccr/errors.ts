import * as z from 'zod/mini'

/** The error body of every `/v1` and `/console` answer; all three keys are always there. */
export const ErrorBody = z.object({ code: z.string(), message: z.string(), requestId: z.string() })
export type ErrorBody = z.infer<typeof ErrorBody>

/** The codes on the wire: first the ones the service documents, then the platform-wide ones used where it is silent. */
export type ErrorCode =
  | 'IamSignatureInvalid'
  | 'SignatureEmpty'
  | 'Internal server error'
  | 'NotFound'
  | 'StatusConflict'
  | 'BadRequest'
  | 'Unauthorized'
  | 'QuotaExceed'
  | 'AccessDenied'
  | 'InvalidAccessKeyId'
  | 'InvalidHTTPAuthHeader'
  | 'RequestExpired'
  | 'RequestTimeTooSkewed'
  | 'MalformedJSON'
  | 'PreconditionFailed'
  | 'EntityTooLarge'
  | 'InvalidRange'
  | 'MethodNotAllowed'
  | 'TooManyRequests'
  | 'RequestTimeout'
