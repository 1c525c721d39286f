import * as z from 'zod/mini'
import type { Endpoint } from '../../contract/endpoint.ts'
import { currentLanguage, currentMessages } from '../i18n/language.ts'
import { hasSession, waitForSignIn } from '../session/session-gate.ts'
import { ApiError, refusalToApiError } from './api-error.ts'

/** What a call to `E` takes. Keys that the endpoint has no schema for may be left out. */
export interface CallOptions<E extends Endpoint> {
  params?: z.input<E['params']>
  query?: z.input<E['query']>
  body?: E['body'] extends z.ZodMiniType ? z.input<E['body']> : never
  signal?: AbortSignal
  /** `throw` lets a missing session be an error instead of asking for the password and going on. */
  withoutSession?: 'ask' | 'throw'
}

type Answer<E extends Endpoint> = E['response'] extends z.ZodMiniType ? z.output<E['response']> : undefined

/**
 * Calls an endpoint whose answer is JSON or empty. An ended session asks for the password over the page and goes on.
 * Throws {@link ApiError} for every refusal, network failure and unreadable answer; an abort stays an AbortError.
 */
export async function call<E extends Endpoint>(endpoint: E, options: CallOptions<E> = {}): Promise<Answer<E>> {
  const response = await send(endpoint, options)
  const { response: schema } = endpoint
  if (typeof schema === 'string') return undefined as Answer<E> // 'empty' and 'stream' have no JSON to answer with
  const parsed = z.safeParse(schema, await response.json().catch(() => undefined))
  if (!parsed.success) {
    throw new ApiError('UnreadableAnswer', currentMessages().common.unreadableAnswer, response.status)
  }
  return parsed.data as Answer<E> // what the schema of E has just parsed
}

/** Calls an endpoint and hands over the response itself, for a stream or its headers. `method` HEAD asks for headers only. */
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
  throw refusalToApiError(response.status, await response.text().catch(() => ''), fallback)
}

/** Whether an answer says that the session is over: only this opens the sign-in dialog. */
export function isSessionEnded(status: number, authenticate: string | null): boolean {
  return status === 401 && authenticate?.toLowerCase() === 'session'
}

/** Headers that every request of the console carries. */
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
    throw new ApiError('NetworkError', currentMessages().common.noAnswer, 0)
  }
}

/** The address of an endpoint with its params and its query filled in; unset query keys are left out. */
export function urlOf<E extends Endpoint>(endpoint: E, options: Pick<CallOptions<E>, 'params' | 'query'>): string {
  const params = (options.params ?? {}) as Record<string, unknown> // an object by every params schema
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(params[key])))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries((options.query ?? {}) as Record<string, unknown>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') search.append(key, String(one))
    }
  }
  return search.size > 0 ? `${path}?${search}` : path
}
