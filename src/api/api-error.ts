import { ErrorBody } from '../../contract/ccr/errors.ts'

/** Anything that kept a request from succeeding, in one shape. `message` is a sentence in the reader's language. */
export class ApiError extends Error {
  override name = 'ApiError'
  /** The wire's code, or `NetworkError` when there was no answer, or `UnreadableAnswer` when it made no sense. */
  readonly code: string
  /** HTTP status; 0 without an answer. */
  readonly status: number
  readonly requestId: string | undefined

  constructor(code: string, message: string, status: number, requestId?: string) {
    super(message)
    this.code = code
    this.status = status
    this.requestId = requestId
  }
}

/** Turns a refusal's status and body text into an {@link ApiError}; `fallback` is shown when the body is not ours. */
export function refusalToApiError(status: number, text: string, fallback: string): ApiError {
  try {
    const body = ErrorBody.parse(JSON.parse(text))
    return new ApiError(body.code, body.message, status, body.requestId)
  } catch {
    return new ApiError('UnreadableAnswer', fallback, status)
  }
}
