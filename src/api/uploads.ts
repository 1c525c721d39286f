import { queryOptions } from '@tanstack/react-query'
import { chartEndpoints } from '../../contract/ccr/charts.ts'
import { sessionEndpoints } from '../../contract/console/session.ts'
import {
  MAX_PREVIEWED_FILES,
  type PreviewedFile,
  type UploadPreview,
  uploadPreviewEndpoints,
} from '../../contract/console/upload-preview.ts'
import type { Precondition } from '../../contract/domain/precondition.ts'
import { currentMessages } from '../i18n/language.ts'
import { waitForSignIn } from '../session/session-gate.ts'
import { ApiError, errorFromResponse, errorWithStatus } from './api-error.ts'
import { chartQueries } from './charts.ts'
import { call, consoleHeaders, isSessionEnded, urlOf } from './http.ts'

/** Effect of an upload. */
export type UploadOutcome = 'created' | 'replaced' | 'unchanged' | 'provenance-added' | 'restored'

export interface UploadAddress {
  readonly instanceId: string
  readonly namespace: string
}

export const uploadQueries = {
  /**
   * Effect that uploading each of the files would have now, by {@link previewKey}. Never cached, as other clients push
   * too. While the list of files changes, the previous result for the same namespace is kept.
   */
  preview: (at: UploadAddress, files: readonly PreviewedFile[]) =>
    queryOptions({
      queryKey: [...chartQueries.all(at.instanceId), 'upload-preview', at.namespace, files] as const,
      queryFn: ({ signal }) => fetchPreviews(at, files, signal),
      enabled: files.length > 0,
      staleTime: 0,
      gcTime: 0,
      placeholderData: (known, query) => (query?.queryKey.at(-2) === at.namespace ? known : undefined),
    }),
}

/** Key of a file's preview. Includes the digest, as files with the same name but different bytes may be chosen. */
export function previewKey({ fileName, sha256 }: Pick<PreviewedFile, 'fileName' | 'sha256'>): string {
  return `${sha256} ${fileName}`
}

/** Returns the effect that uploading the file would have now. */
export async function fetchPreview(at: UploadAddress, file: PreviewedFile): Promise<UploadPreview | undefined> {
  return (await fetchPreviews(at, [file])).get(previewKey(file))
}

async function fetchPreviews(
  at: UploadAddress,
  files: readonly PreviewedFile[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, UploadPreview>> {
  const params = { instanceId: at.instanceId, namespace: at.namespace }
  const previews = new Map<string, UploadPreview>()
  for (let from = 0; from < files.length; from += MAX_PREVIEWED_FILES) {
    const body = { files: files.slice(from, from + MAX_PREVIEWED_FILES) }
    const { items } = await call(uploadPreviewEndpoints.preview, { params, body, ...(signal && { signal }) })
    for (const item of items) previews.set(previewKey(item), item)
  }
  return previews
}

export interface UploadRequest extends UploadAddress {
  readonly archive: File
  readonly provenance: File | null
  readonly precondition: Precondition
}

/**
 * Uploads a chart together with its provenance file, if any. `onProgress` counts bytes of the whole request. If the
 * session has ended, opens the sign-in dialog and then restarts the upload. Throws {@link ApiError}; code
 * `PreconditionFailed` if another client pushed meanwhile, `NetworkError` if the connection was lost.
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
  if (status === 0) throw new ApiError('NetworkError', currentMessages().common.noResponse, 0)
  throw errorFromResponse(status, text, currentMessages().common.refused(status))
}

interface RawResponse {
  /** 0 without a response. */
  status: number
  authenticate: string | null
  text: string
}

/** Uses XMLHttpRequest, as fetch does not report upload progress. */
function post(
  { archive, provenance, precondition, ...at }: UploadRequest,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (sent: number, total: number) => void },
): Promise<RawResponse> {
  const form = new FormData()
  form.append('chart', archive, archive.name)
  if (provenance) form.append('prov', provenance, provenance.name)

  const params = { instanceId: at.instanceId, namespace: at.namespace }
  const headers = { ...consoleHeaders(), ...preconditionHeader(precondition) }
  const request = new XMLHttpRequest()
  request.open(chartEndpoints.upload.method, urlOf(chartEndpoints.upload, { params }))
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

/** Tells whether a lost connection hides a 401: one sent before a large body has arrived may not reach the browser. */
async function hasSessionEnded(signal: AbortSignal): Promise<boolean> {
  try {
    await call(sessionEndpoints.get, { signal, withoutSession: 'throw' })
    return false
  } catch (error) {
    return errorWithStatus(error, 401) !== null
  }
}
