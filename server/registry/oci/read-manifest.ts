import type { Digest } from '../../blobs/blob-store.ts'
import { sha256Digest } from '../../blobs/digest.ts'
import { RegistryError } from '../core/registry-error.ts'
import { type AnyDigest, parseDigest } from './any-digest.ts'
import { misspeltKey, repeatedKey } from './manifest-keys.ts'

/** Largest size of a manifest, in bytes. Source: OCI distribution-spec: pushing manifests. */
export const MANIFEST_LIMIT = 4 * 1024 * 1024

export const IMAGE_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
export const IMAGE_INDEX = 'application/vnd.oci.image.index.v1+json'
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'

/** Reference of a manifest to a blob or another manifest. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: AnyDigest
  /** In bytes. */
  readonly size: number
}

/** A parsed manifest. The blobs and manifests that it refers to need not exist. */
export interface Manifest {
  readonly digest: Digest
  /** Its exact text. */
  readonly content: string
  /** Size of `content` in bytes. */
  readonly size: number
  readonly mediaType: string
  readonly artifactType: string | null
  readonly config: Descriptor | null
  readonly layers: readonly Layer[]
  /** Manifests that an index lists. */
  readonly manifests: readonly Descriptor[]
  /** Digest of its subject, which need not ever exist. */
  readonly subject: AnyDigest | null
  readonly annotations: Readonly<Record<string, string>>
}

export interface Layer extends Descriptor {
  /** Whether the blob may be stored elsewhere, so that it is not required. */
  readonly foreign: boolean
}

/**
 * Parses a manifest or an index of any media type. `contentType` is the value of the header.
 * Throws `manifest-invalid` with the `reason`.
 * Sources: OCI image-spec, manifest and image-index; distribution-spec: pushing manifests.
 */
export function readManifest(bytes: Uint8Array, contentType: string | undefined): Manifest {
  const content = textOf(bytes)
  const fields = jsonOf(content)
  const mediaType = mediaTypeOf(fields, contentType)
  const isIndex = mediaType === IMAGE_INDEX || mediaType === DOCKER_LIST
  const isImage = mediaType === IMAGE_MANIFEST || mediaType === DOCKER_MANIFEST
  if ((isIndex || isImage) && fields.schemaVersion !== 2) throw invalid('“schemaVersion” is not 2')
  if (isIndex && !Array.isArray(fields.manifests)) throw invalid('“manifests” is missing')
  if (isImage && (isNothing(fields.config) || !Array.isArray(fields.layers))) {
    throw invalid('“config” or “layers” is missing')
  }
  // Content must not be an image to one client and an index to another (CVE-2021-41190).
  if (!isNothing(fields.manifests) && ['config', 'layers', 'blobs'].some((name) => !isNothing(fields[name]))) {
    throw invalid('“manifests” stands beside “config” or “layers”')
  }
  return {
    digest: sha256Digest(bytes),
    content,
    size: bytes.length,
    mediaType,
    artifactType: shortText(optionalText(fields, 'artifactType'), 'artifactType'),
    config: isNothing(fields.config) ? null : descriptor(fields.config, 'config'),
    // `blobs` is the name in the artifact manifest, which was removed from the image-spec before its release.
    layers: list(fields, fields.blobs === undefined ? 'layers' : 'blobs').map(([item, place]) => layer(item, place)),
    manifests: list(fields, 'manifests').map(([item, place]) => descriptor(item, place)),
    subject: isNothing(fields.subject) ? null : descriptor(fields.subject, 'subject').digest,
    annotations: annotationsOf(fields.annotations),
  }
}

type Fields = Readonly<Record<string, unknown>>

function invalid(reason: string): RegistryError {
  return new RegistryError('manifest-invalid', { reason })
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw invalid('it is not UTF-8')
  }
}

function jsonOf(content: string): Fields {
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    throw invalid('it is not JSON')
  }
  const repeated = repeatedKey(content)
  if (repeated !== undefined) throw invalid(`“${repeated}” stands twice in one object`)
  return namedFieldsOf(value, 'it')
}

function fieldsOf(value: unknown, place: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(`${place} is not an object`)
  return value as Fields // the line above says so
}

/** Returns the fields of a manifest or a descriptor. Rejects misspelt known fields. */
function namedFieldsOf(value: unknown, place: string): Fields {
  const fields = fieldsOf(value, place)
  const misspelt = misspeltKey(fields)
  if (misspelt !== undefined) throw invalid(`“${misspelt}” differs from a known field only in case`)
  return fields
}

/**
 * Returns the media type from the header and the field, which must not differ. Helm before 3.18 sends it only in the
 * header: this is accepted only for types of the image-spec, so that the type of a digest does not depend on the
 * header.
 */
function mediaTypeOf(fields: Fields, contentType: string | undefined): string {
  const declared = optionalText(fields, 'mediaType')
  const header = contentType?.split(';')[0]?.trim() || null
  if (declared !== null && header !== null && declared !== header)
    throw invalid(`“mediaType” is ${declared}, sent as ${header}`)
  const type = declared ?? header
  if (type === null) throw invalid('its media type is not declared')
  if (declared === null && type !== IMAGE_MANIFEST && type !== IMAGE_INDEX) {
    throw invalid(`it is sent as ${type}, and has no “mediaType” that says so`)
  }
  // Accepts only valid types (RFC 6838, section 4.2), because the type is sent back in a header.
  if (!/^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/.test(type)) throw invalid('its media type is none')
  if (/^application\/vnd\.docker\.distribution\.manifest\.v1\+(json|prettyjws)$/.test(type)) {
    throw invalid('schema 1 is no longer in use')
  }
  return type
}

function optionalText(fields: Fields, name: string): string | null {
  const value = fields[name]
  if (isNothing(value) || value === '') return null
  if (typeof value !== 'string') throw invalid(`“${name}” is not text`)
  return value
}

/**
 * Limits the length of a media type to that of the longest valid one: 2 × 127 characters and a slash (RFC 6838, 4.2).
 */
function shortText<T extends string | null>(value: T, place: string): T {
  if (value !== null && value.length > 255) throw invalid(`“${place}” is longer than 255 characters`)
  return value
}

function isNothing(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function list(fields: Fields, name: string): [item: unknown, place: string][] {
  const value = fields[name]
  if (isNothing(value)) return []
  if (!Array.isArray(value)) throw invalid(`“${name}” is not a list`)
  return value.map((item, index) => [item, `${name}[${index}]`])
}

function descriptor(value: unknown, place: string): Descriptor {
  const { mediaType, digest, size } = namedFieldsOf(value, `“${place}”`)
  const parsed = typeof digest === 'string' ? parseDigest(digest) : null
  if (!parsed) throw new RegistryError('digest-invalid', { digest: String(digest ?? '') })
  if (typeof mediaType !== 'string') throw invalid(`“${place}.mediaType” is not text`)
  shortText(mediaType, `${place}.mediaType`)
  if (!Number.isSafeInteger(size) || Number(size) < 0) throw invalid(`“${place}.size” is not a number of bytes`)
  return { mediaType, digest: parsed, size: Number(size) }
}

function layer(value: unknown, place: string): Layer {
  const { urls } = fieldsOf(value, `“${place}”`)
  const read = descriptor(value, place)
  const foreign = /\.(nondistributable|foreign)\./.test(read.mediaType) || (Array.isArray(urls) && urls.length > 0)
  return { ...read, foreign }
}

function annotationsOf(value: unknown): Record<string, string> {
  if (isNothing(value)) return {}
  const annotations = fieldsOf(value, '“annotations”')
  for (const [name, text] of Object.entries(annotations)) {
    if (typeof text !== 'string') throw invalid(`“annotations.${name}” is not text`)
  }
  return annotations as Record<string, string> // checked by the loop
}
