/*
 * How OCI names charts: a repository for a name, a tag for a version. Source: distribution-spec, pulling manifests.
 */

/** Characters of a repository's name at most, its namespace included: what clients put into paths and host names. */
const LONGEST_NAME = 255
const NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/

/** Whether it can name a repository: path components, the first of them the namespace. */
export function isRepositoryName(text: string): boolean {
  return text.length <= LONGEST_NAME && NAME.test(text)
}

/** Whether it can be a tag. */
export function isTag(text: string): boolean {
  return TAG.test(text)
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
