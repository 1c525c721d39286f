import { ConfigError } from '../config-error.ts'
import { startRefusal } from '../start-refusal.ts'

/**
 * Runs a command and sets the exit code that it returns. Prints one line and sets 2 for a problem with its options, the
 * configuration or the data folder. `data` returns the data folder for this line.
 */
export async function runCommand(data: () => string, command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command()
  } catch (error) {
    const refusal = wrongOption(error) ?? startRefusal(error, data())
    if (!refusal) throw error
    process.stderr.write(`chartroom: ${refusal.message}\n`)
    process.exitCode = 2
  }
}

function wrongOption(error: unknown): ConfigError | undefined {
  const isOfOptions = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  return isOfOptions ? new ConfigError(`${error.message.split('. ')[0]}: --help lists the options.`) : undefined
}
