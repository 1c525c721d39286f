/** Why a text is no YAML, or none that helm takes. */
export class YamlError extends Error {
  override name = 'YamlError'
}
