import { ConfigError } from '../config-error.ts'
import { startRefusal } from '../start-refusal.ts'

/**
 * Runs a command and sets the exit code that it returns. A problem with its options, the configuration or the data folder
 * ends it with one line and 2; 1 is for what the command was asked to find.
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
