/** The reason why a text is not YAML, or not YAML that helm accepts. */
export class YamlError extends Error {
  override name = 'YamlError'
}
