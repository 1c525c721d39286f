import { ErrorBody } from '../../contract/ccr/errors.ts'

/** An error response, a network failure or an unreadable response. `message` is in the user's language. */
export class ApiError extends Error {
  override name = 'ApiError'
  /** The response's error code; `NetworkError` without a response, `UnreadableResponse` if it could not be parsed. */
  readonly code: string
  /** HTTP status; 0 without a response. */
  readonly status: number
  readonly requestId: string | undefined

  constructor(code: string, message: string, status: number, requestId?: string) {
    super(message)
    this.code = code
    this.status = status
    this.requestId = requestId
  }
}

/** Returns `error` if it is a response with this HTTP status, else null. */
export function errorWithStatus(error: unknown, status: number): ApiError | null {
  return error instanceof ApiError && error.status === status ? error : null
}

/** Parses an error response into an {@link ApiError}; `fallback` is its message if the body is not in our format. */
export function errorFromResponse(status: number, text: string, fallback: string): ApiError {
  try {
    const body = ErrorBody.parse(JSON.parse(text))
    return new ApiError(body.code, body.message, status, body.requestId)
  } catch {
    return new ApiError('UnreadableResponse', fallback, status)
  }
}
