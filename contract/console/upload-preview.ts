import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Maximum number of files in one request. */
export const MAX_PREVIEWED_FILES = 1000

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'sha256'))

/** A chosen file, described without sending its bytes. */
export const PreviewedFile = z.object({
  /** `NAME-VERSION.tgz`. */
  fileName: z.string().check(z.minLength(1, 'required'), z.maxLength(1300, 'at-most-1300')),
  /** SHA-256 of the archive, hex. */
  sha256,
  /** SHA-256 of its provenance file, hex; null without one. */
  provenanceSha256: z.nullable(sha256),
  /** Name and version in Chart.yaml; null for an archive that the browser could not open. */
  chart: z.nullable(
    z.object({
      name: z.string().check(z.minLength(1, 'required'), z.maxLength(1024, 'at-most-1024')),
      version: z.string().check(z.minLength(1, 'required'), z.maxLength(256, 'at-most-256')),
    }),
  ),
})
export type PreviewedFile = z.infer<typeof PreviewedFile>

/** The stored version with the name and version of a file. */
export const PresentVersion = z.object({
  /** Archive digest, 64 hex digits. */
  digest: z.string(),
  pushed: z.string(),
  /** SHA-256 of its provenance file, hex; null without one. */
  provenanceDigest: z.nullable(z.string()),
})
export type PresentVersion = z.infer<typeof PresentVersion>

/** Reasons for which the registry would refuse a file: `immutable` and `clash` (409), `quota` (412). */
export const PREVIEW_REFUSALS = ['immutable', 'clash', 'quota'] as const

/** Effect that uploading a file would have now. */
export const UploadPreview = z.object({
  fileName: z.string(),
  sha256: z.string(),
  present: z.nullable(PresentVersion),
  effect: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('created') }),
    z.object({ kind: z.literal('replaced') }),
    z.object({ kind: z.literal('unchanged') }),
    // The same bytes are recorded, but the stored archive is missing or truncated.
    z.object({ kind: z.literal('restored') }),
    z.object({ kind: z.literal('provenance-added') }),
    z.object({ kind: z.literal('refused'), reason: z.enum(PREVIEW_REFUSALS), message: z.string() }),
  ]),
})
export type UploadPreview = z.infer<typeof UploadPreview>

export const uploadPreviewEndpoints = {
  /**
   * Returns the effect of uploading each of the files into the namespace, in the given order. Changes nothing. An upload
   * still sends a precondition, because the preview may be outdated by then.
   */
  preview: endpoint({
    method: 'POST',
    path: '/console/instances/:instanceId/namespaces/:namespace/upload-preview',
    // Only useful to callers who may upload.
    needs: 'push',
    about: 'namespace',
    params: z.object({ instanceId: z.string(), namespace: z.string() }),
    query: nothing,
    body: z.object({
      files: z.array(PreviewedFile).check(z.minLength(1, 'required'), z.maxLength(MAX_PREVIEWED_FILES, 'at-most-1000')),
    }),
    response: z.object({ items: z.array(UploadPreview) }),
  }),
}
