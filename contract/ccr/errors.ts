import * as z from 'zod/mini'

/** Body of every error response of `/v1` and `/console`; all three keys are always present. */
export const ErrorBody = z.object({ code: z.string(), message: z.string(), requestId: z.string() })
export type ErrorBody = z.infer<typeof ErrorBody>

/** Error codes on the wire: those that the service documents, then platform-wide ones for all other cases. */
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
