import * as z from 'zod/mini'
import type { Endpoint } from '../../contract/endpoint.ts'
import { currentLanguage, currentMessages } from '../i18n/language.ts'
import { hasSession, waitForSignIn } from '../session/session-gate.ts'
import { ApiError, errorFromResponse } from './api-error.ts'

/** Arguments of a call to endpoint `E`. Those that the endpoint has no schema for may be omitted. */
export interface CallOptions<E extends Endpoint> {
  params?: z.input<E['params']>
  query?: z.input<E['query']>
  body?: E['body'] extends z.ZodMiniType ? z.input<E['body']> : never
  signal?: AbortSignal
  /** When the session has ended: `ask` (the default) opens the sign-in dialog and retries, `throw` rejects. */
  withoutSession?: 'ask' | 'throw'
}

type ResponseBody<E extends Endpoint> = E['response'] extends z.ZodMiniType ? z.output<E['response']> : undefined

/**
 * Calls an endpoint whose response is JSON or empty. If the session has ended, opens the sign-in dialog and retries.
 * Throws {@link ApiError} for error responses, network failures and unreadable responses; AbortError when aborted.
 */
export async function call<E extends Endpoint>(endpoint: E, options: CallOptions<E> = {}): Promise<ResponseBody<E>> {
  const response = await send(endpoint, options)
  const { response: schema } = endpoint
  if (typeof schema === 'string') return undefined as ResponseBody<E> // 'empty' and 'raw' have no JSON body
  const parsed = z.safeParse(schema, await response.json().catch(() => undefined))
  if (!parsed.success) {
    throw new ApiError('UnreadableResponse', currentMessages().common.unreadableResponse, response.status)
  }
  return parsed.data as ResponseBody<E> // parsed by the schema of E
}

/** Calls an endpoint and returns the raw response, for its stream or headers. `method` HEAD fetches headers only. */
export async function send<E extends Endpoint>(
  endpoint: E,
  options: CallOptions<E> & { method?: 'HEAD' } = {},
): Promise<globalThis.Response> {
  const response = await fetchOnce(endpoint, options)
  if (response.ok) return response
  const ended = hasSession() && isSessionEnded(response.status, response.headers.get('www-authenticate'))
  if (ended && options.withoutSession !== 'throw') {
    await waitForSignIn(options.signal)
    return send(endpoint, options)
  }
  const fallback = currentMessages().common.refused(response.status)
  throw errorFromResponse(response.status, await response.text().catch(() => ''), fallback)
}

/** Whether a response says that the session has ended. Only such a response opens the sign-in dialog. */
export function isSessionEnded(status: number, authenticate: string | null): boolean {
  return status === 401 && authenticate?.toLowerCase() === 'session'
}

/** Headers of every request of the console. */
export function consoleHeaders(): Record<string, string> {
  return { 'X-Requested-With': 'chartroom', 'Accept-Language': currentLanguage() }
}

async function fetchOnce<E extends Endpoint>(endpoint: E, options: CallOptions<E> & { method?: 'HEAD' }) {
  const hasBody = options.body !== undefined
  try {
    return await fetch(urlOf(endpoint, options), {
      method: options.method ?? endpoint.method,
      headers: { ...consoleHeaders(), ...(hasBody ? { 'Content-Type': 'application/json; charset=utf-8' } : {}) },
      body: hasBody ? JSON.stringify(options.body) : null,
      signal: options.signal ?? null,
    })
  } catch (error) {
    if (options.signal?.aborted) throw error
    throw new ApiError('NetworkError', currentMessages().common.noResponse, 0)
  }
}

/** Builds the URL of an endpoint from its params and query; unset and empty query values are omitted. */
export function urlOf<E extends Endpoint>(endpoint: E, options: Pick<CallOptions<E>, 'params' | 'query'>): string {
  const params = (options.params ?? {}) as Record<string, unknown> // every params schema is an object
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries((options.query ?? {}) as Record<string, unknown>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') search.append(key, String(one))
    }
  }
  return search.size > 0 ? `${path}?${search}` : path
}
