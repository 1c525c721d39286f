/** A setting with which the server cannot start. The message is one line that names it and says what is expected. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Returns the error for an invalid value. Not for secrets, because the message contains the value. */
export function badValue(name: string, value: string, expected: string): ConfigError {
  return new ConfigError(`${name} is ${JSON.stringify(value)}, but must be ${expected}.`)
}
