/** A value that the server cannot start with. The message is one line that names it and says what is wanted. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** The refusal of a value that is no secret: it is repeated. */
export function badValue(name: string, value: string, wanted: string): ConfigError {
  return new ConfigError(`${name} is ${JSON.stringify(value)}, but must be ${wanted}.`)
}
