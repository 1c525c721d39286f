/*
 * How OCI names charts: a repository for a name, a tag for a version. Source: distribution-spec, pulling manifests.
 */

/** Maximum length of a repository name, namespace included, in characters: what clients put into paths and host names. */
const LONGEST_NAME = 255
const NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/

/** Whether `text` is a valid repository name: path components, the first of them the namespace. */
export function isRepositoryName(text: string): boolean {
  return text.length <= LONGEST_NAME && NAME.test(text)
}

/** Whether `text` is a valid tag. */
export function isTag(text: string): boolean {
  return TAG.test(text)
}

/** The tag of a version: `_` for `+`, as helm writes since 3.8. Tags cannot contain `+`, nor versions `_`. */
export function tagOfVersion(version: string): string {
  return version.replaceAll('+', '_')
}

/** The version that a tag stands for: `+` for `_`. */
export function versionOfTag(tag: string): string {
  return tag.replaceAll('_', '+')
}

/** Whether OCI can express a chart and version; helm accepts chart names that are no valid repository names. */
export function isNamedByOci(namespace: string, chart: string, version: string): boolean {
  return !chart.includes('/') && isRepositoryName(`${namespace}/${chart}`) && isTag(tagOfVersion(version))
}
