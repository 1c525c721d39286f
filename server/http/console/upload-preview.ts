import {
  type PREVIEW_REFUSALS,
  type UploadPreview,
  uploadPreviewEndpoints,
} from '../../../contract/console/upload-preview.ts'
import type { Language } from '../../../contract/domain/preferences.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
import type { VersionRecord } from '../../registry/charts/version-queries.ts'
import { RegistryError, type RegistryErrorKind } from '../../registry/core/registry-error.ts'
import { errorMessage } from '../../registry/messages/error-message.ts'
import { type PublicationPreview, previewPublications } from '../../registry/publishing/preview-publications.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'
import { preferredLanguage } from '../transport/language.ts'

/** Preview of the effect of uploading files, before they are sent. */
export function mountUploadPreview(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, uploadPreviewEndpoints.preview, async ({ call, body, http, namespace }) => {
    const language = preferredLanguage(http.req.header('accept-language'))
    const previews = await previewPublications(registry, call, namespace, body.files)
    return {
      items: body.files.map(({ fileName, sha256 }, index) => {
        const { effect, present } = previews[index] as PublicationPreview // one for each file, in the same order
        return { fileName, sha256, present: present ? toPresent(present) : null, effect: toEffect(effect, language) }
      }),
    }
  })
}

function toPresent({ digest, created_at, provenance_digest }: VersionRecord): UploadPreview['present'] {
  return {
    digest: hexOfDigest(digest),
    pushed: created_at,
    provenanceDigest: provenance_digest && hexOfDigest(provenance_digest),
  }
}

const REASONS: Partial<Record<RegistryErrorKind, (typeof PREVIEW_REFUSALS)[number]>> = {
  immutable: 'immutable',
  conflict: 'clash',
  quota: 'quota',
}

function toEffect(effect: PublicationPreview['effect'], language: Language): UploadPreview['effect'] {
  if (!(effect instanceof RegistryError)) return { kind: effect }
  const reason = REASONS[effect.kind]
  if (!reason) throw effect
  return { kind: 'refused', reason, message: errorMessage(effect, language) }
}
