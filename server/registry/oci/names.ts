import type { Digest } from '../../blobs/blob-store.ts'

/** A digest as clients may write it; what is kept is kept by its SHA-256. */
export type AnyDigest = Digest | `sha512:${string}`

/** Characters of a repository's name at most, its namespace included: what clients put into paths and host names. */
const LONGEST_NAME = 255
const NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/

/** Whether it can name a repository: path components, the first of them the namespace. distribution-spec: pulling manifests. */
export function isRepositoryName(text: string): boolean {
  return text.length <= LONGEST_NAME && NAME.test(text)
}

/** Whether it can be a tag. distribution-spec: pulling manifests. */
export function isTag(text: string): boolean {
  return TAG.test(text)
}

/** The digest that `text` is; null when it is none, or is made with something that is not known here. */
export function parseDigest(text: string): AnyDigest | null {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text as Digest // the pattern says so
  if (/^sha512:[0-9a-f]{128}$/.test(text)) return text as `sha512:${string}` // the pattern says so
  return null
}

/** A version as a tag: tags have no `+`, and versions no `_`. helm writes it so since 3.8. */
export function tagOfVersion(version: string): string {
  return version.replaceAll('+', '_')
}

/** The version whose own tag this would be. */
export function versionOfTag(tag: string): string {
  return tag.replaceAll('_', '+')
}

/** Whether a version of a chart can be named at the OCI door; helm takes charts whose names no repository can have. */
export function isNamedByOci(namespace: string, chart: string, version: string): boolean {
  return !chart.includes('/') && isRepositoryName(`${namespace}/${chart}`) && isTag(tagOfVersion(version))
}
