import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { ConfigError } from '../config-error.ts'
import { openContext } from '../context.ts'
import { DataFolderBusyError } from '../data-folder.ts'
import { findJob } from '../jobs/job-queries.ts'
import { STARTUP } from '../registry/audit/record-event.ts'
import type { Freed } from '../registry/garbage/garbage-collection-job.ts'
import { requestCollection } from '../registry/garbage/request-collection.ts'
import { checkHasDatabase } from './existing-data.ts'
import { runCommand } from './run-command.ts'

const HELP = `Usage: npm run gc

Collects garbage at once: what was deleted goes without waiting for 24 hours. Content that has been
pushed and that no manifest uses yet, and uploads of the last hour, stay.

The server must be stopped. In a running one, an administrator of the registry chooses
Storage > Collect garbage now in the console.

CHARTROOM_DATA names the data folder (default: ./data).
`

let data = ''
await runCommand(
  () => data,
  async () => {
    const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } })
    if (values.help) {
      process.stdout.write(HELP)
      return 0
    }
    const config = readConfig(process.env)
    data = config.data
    await checkHasDatabase(data)
    await using context = await openContext(config).catch((error: unknown) => {
      throw error instanceof DataFolderBusyError ? running() : error
    })
    const { jobs, log, registry } = context
    // Keeps the log of the job out of the output.
    log.level = 'error'
    await requestCollection(registry, STARTUP)
    await jobs.runDue(['garbage-collection'])
    const job = await findJob(registry.database.read, 'garbage-collection')
    if (job?.last_error !== null)
      throw new Error(`The garbage collection failed: ${job?.last_error ?? 'not scheduled'}`)
    const { count, bytes }: Freed = JSON.parse(job.result_json ?? 'null')
    process.stdout.write(`Removed ${count} blobs, ${bytes} bytes.\n`)
    return 0
  },
)

function running(): ConfigError {
  return new ConfigError(
    `a server is running on ${data}: choose Storage > Collect garbage now in its console, or stop it first.`,
  )
}
