import { queryOptions } from '@tanstack/react-query'
import { uploadChart } from '../../contract/ccr/charts.ts'
import { getSession } from '../../contract/console/session.ts'
import {
  MAX_PREVIEWED_FILES,
  type PreviewedFile,
  previewUpload,
  type UploadPreview,
} from '../../contract/console/upload-preview.ts'
import { currentMessages } from '../i18n/language.ts'
import { waitForSignIn } from '../session/session-gate.ts'
import { ApiError, refusalToApiError } from './api-error.ts'
import { chartQueries } from './charts.ts'
import { call, consoleHeaders, isSessionEnded, urlOf } from './http.ts'

/** The state of the registry that an upload counts on; if it no longer holds, the registry answers 412. */
export type Precondition = { readonly ifNoneMatch: true } | { readonly ifMatch: string }

/** What an upload did. */
export type UploadOutcome = 'created' | 'replaced' | 'unchanged' | 'provenance-added' | 'restored'

export interface UploadAddress {
  readonly instanceId: string
  readonly namespace: string
}

export const uploadQueries = {
  /**
   * What uploading each of the files would do now, by {@link previewKey}. Never cached: the dialog asks whenever it
   * needs to know. While the list of files changes, what was known of the same namespace stays.
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

/** What tells the previews of two files apart: the same file name may be chosen twice, with other bytes. */
export function previewKey({ fileName, sha256 }: Pick<PreviewedFile, 'fileName' | 'sha256'>): string {
  return `${sha256} ${fileName}`
}

/** What uploading one file would do now. */
export async function fetchPreview(at: UploadAddress, file: PreviewedFile): Promise<UploadPreview | undefined> {
  return (await fetchPreviews(at, [file])).get(previewKey(file))
}

async function fetchPreviews(
  at: UploadAddress,
  files: readonly PreviewedFile[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, UploadPreview>> {
  const params = { instanceId: at.instanceId, projectName: at.namespace }
  const previews = new Map<string, UploadPreview>()
  for (let from = 0; from < files.length; from += MAX_PREVIEWED_FILES) {
    const body = { files: files.slice(from, from + MAX_PREVIEWED_FILES) }
    const { items } = await call(previewUpload, { params, body, ...(signal && { signal }) })
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
