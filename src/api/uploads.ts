import { queryOptions } from '@tanstack/react-query'
import { downloadChart, uploadChart } from '../../contract/ccr/charts.ts'
import { getSession } from '../../contract/console/session.ts'
import { currentMessages } from '../i18n/language.ts'
import { waitForSignIn } from '../session/session-gate.ts'
import { ApiError, refusalToApiError } from './api-error.ts'
import { chartQueries } from './charts.ts'
import { call, consoleHeaders, isSessionEnded, send, urlOf } from './http.ts'

/** What the registry holds under a file name. */
export interface Present {
  /** Archive digest: 64 hex digits. */
  readonly digest: string
  /** When these bytes came, ISO. */
  readonly pushed: string
  /** SHA-256 of the provenance file kept with them, or null when there is none. */
  readonly provenanceDigest: string | null
}

/** The state of the registry that an upload counts on; if it no longer holds, the registry answers 412. */
export type Precondition = { readonly ifNoneMatch: true } | { readonly ifMatch: string }

/** What an upload did. */
export type UploadOutcome = 'created' | 'replaced' | 'unchanged' | 'provenance-added'

export interface UploadAddress {
  readonly instanceId: string
  readonly namespace: string
}

export const uploadQueries = {
  /** What is at the registry under this file name now; null for nothing. Asked anew each time the dialog needs it. */
  present: (at: UploadAddress, fileName: string) =>
    queryOptions({
      queryKey: [...chartQueries.all(at.instanceId), 'present', at.namespace, fileName],
      queryFn: ({ signal }): Promise<Present | null> => findPresent(at, fileName, signal),
      staleTime: 0,
      gcTime: 0,
    }),
}

async function findPresent(at: UploadAddress, fileName: string, signal: AbortSignal): Promise<Present | null> {
  const archive = await headOf(at, fileName, signal)
  if (!archive) return null
  const provenance = await headOf(at, `${fileName}.prov`, signal)
  const modified = new Date(archive.headers.get('last-modified') ?? Number.NaN)
  return {
    digest: etagOf(archive),
    pushed: Number.isNaN(modified.getTime()) ? '' : modified.toISOString(),
    provenanceDigest: provenance && etagOf(provenance),
  }
}

async function headOf(at: UploadAddress, fileName: string, signal: AbortSignal): Promise<Response | null> {
  const params = { instanceId: at.instanceId, projectName: at.namespace, filename: fileName }
  const response = await send(downloadChart, { params, method: 'HEAD', accept404: true, signal })
  return response.status === 404 ? null : response
}

function etagOf(response: Response): string {
  return (response.headers.get('etag') ?? '').replace(/^W\//, '').replaceAll('"', '')
}

export interface UploadRequest extends UploadAddress {
  readonly archive: File
  readonly provenance: File | null
  readonly precondition: Precondition
}

/**
 * Sends a chart, and its provenance file with it. `onProgress` counts bytes of the whole request. An ended session
 * asks for the password over the page, then the same upload goes on from its beginning. Throws {@link ApiError}; code
 * `PreconditionFailed` when somebody else pushed meanwhile, `NetworkError` when the connection was lost.
 */
export async function uploadArchive(
  request: UploadRequest,
  options: { signal: AbortSignal; onProgress: (sent: number, total: number) => void },
): Promise<void> {
  const { status, authenticate, text } = await post(request, options)
  if (status >= 200 && status < 300) return
  if (isSessionEnded(status, authenticate) || (status === 0 && (await hasSessionEnded(options.signal)))) {
    options.onProgress(0, 0)
    await waitForSignIn(options.signal)
    return uploadArchive(request, options)
  }
  if (status === 0) throw new ApiError('NetworkError', currentMessages().common.noAnswer, 0)
  throw refusalToApiError(status, text, currentMessages().common.refused(status))
}

interface Answer {
  /** 0 without an answer. */
  status: number
  authenticate: string | null
  text: string
}

/** By XMLHttpRequest, as fetch does not tell how much of a request has gone out. */
function post(
  { archive, provenance, precondition, ...at }: UploadRequest,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (sent: number, total: number) => void },
): Promise<Answer> {
  const form = new FormData()
  form.append('chart', archive, archive.name)
  if (provenance) form.append('prov', provenance, provenance.name)

  const params = { instanceId: at.instanceId, projectName: at.namespace }
  const headers = { ...consoleHeaders(), ...preconditionHeader(precondition) }
  const request = new XMLHttpRequest()
  request.open(uploadChart.method, urlOf(uploadChart, { params }))
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)

  return new Promise((resolve, reject) => {
    const abort = () => request.abort()
    signal.throwIfAborted()
    signal.addEventListener('abort', abort, { once: true })
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onabort = () => reject(signal.reason)
    request.onloadend = () => {
      signal.removeEventListener('abort', abort)
      const authenticate = request.getResponseHeader('www-authenticate')
      resolve({ status: request.status, authenticate, text: request.responseText })
    }
    request.send(form)
  })
}

function preconditionHeader(precondition: Precondition): Record<string, string> {
  return 'ifMatch' in precondition ? { 'If-Match': `"${precondition.ifMatch}"` } : { 'If-None-Match': '*' }
}

/** A refusal that comes before all of a large body has gone out can reach the browser as a lost connection. */
async function hasSessionEnded(signal: AbortSignal): Promise<boolean> {
  try {
    await call(getSession, { signal, withoutSession: 'throw' })
    return false
  } catch (error) {
    return error instanceof ApiError && error.status === 401
  }
}
