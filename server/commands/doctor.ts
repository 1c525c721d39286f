import { DatabaseSync } from 'node:sqlite'
import { parseArgs } from 'node:util'
import { Kysely } from 'kysely'
import { openFileBlobStore } from '../blobs/file-blob-store.ts'
import { readConfig } from '../config.ts'
import { ConfigError } from '../config-error.ts'
import { DataFolderBusyError, openDataFolder, pathsIn } from '../data-folder.ts'
import { nodeSqliteDialect } from '../db/node-sqlite.ts'
import type { Schema } from '../db/schema.ts'
import { GRACE_PERIOD } from '../registry/garbage/grace-period.ts'
import { diagnoseStore } from '../registry/storage/diagnose-store.ts'
import { checkHasDatabase } from './existing-data.ts'
import { findingsTable } from './findings-table.ts'
import { runCommand } from './run-command.ts'

const HELP = `Usage: npm run doctor -- [--digests] [--repair]

Compares the database with the stored blobs and prints what does not match:
  missing     the database has a blob, and the store does not have its bytes
  wrong-size  the stored bytes are too few or too many
  altered     the stored bytes do not match their digest (with --digests)
  orphan      the store has bytes that the database does not know

  --digests   reads and hashes every blob; takes as long as reading all of them
  --repair    removes orphans and unfinished uploads older than 24 hours; the server must be stopped
  --help      prints this

Without --repair nothing is changed, and the server may be running. Missing and damaged blobs come back
when the same file is pushed again, or restored from a backup.
Exit code: 0 nothing found, 1 something found, 2 the data folder cannot be used.

CHARTROOM_DATA names the data folder (default: ./data).
`

let data = ''
await runCommand(
  () => data,
  async () => {
    const { values } = parseArgs({
      options: {
        digests: { type: 'boolean', default: false },
        repair: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) {
      process.stdout.write(HELP)
      return 0
    }
    data = readConfig(process.env).data
    await checkHasDatabase(data)
    return examine(values)
  },
)

async function examine({ digests, repair }: { digests: boolean; repair: boolean }): Promise<number> {
  await using resources = new AsyncDisposableStack()
  const folder = await openDataFolder(data).catch((error: unknown) => {
    if (error instanceof DataFolderBusyError) return undefined
    throw error
  })
  if (folder) resources.use(folder)
  else if (repair) throw new ConfigError(`a server is running on ${data}: stop it, then repair.`)
  const { database, blobs: blobFolder } = pathsIn(data)
  const db = new Kysely<Schema>({
    // A running server has a write-ahead log; without one SQLite has to create it, which requires write access.
    dialect: nodeSqliteDialect(() => new DatabaseSync(database, { readOnly: folder === undefined })),
  })
  resources.defer(() => db.destroy())
  const blobs = await openFileBlobStore(blobFolder)
  const { findings, checked } = await diagnoseStore(
    { db, blobs },
    { digests, isInUse: folder === undefined, oldBefore: ago(GRACE_PERIOD) },
  )
  const removable = findings.filter((finding) => finding.kind === 'orphan' && finding.isOld)
  if (repair) {
    if (checked.count === 0 && removable.length > 0) {
      throw new ConfigError(
        `the database in ${data} knows no blobs at all, and there are some: restore chartroom.db from a backup first.`,
      )
    }
    for (const { digest } of removable) await blobs.remove(digest)
    const uploads = await blobs.discardUploads(ago(GRACE_PERIOD))
    process.stdout.write(`Removed: ${removable.length} orphans, ${uploads} unfinished uploads.\n`)
  }
  const left = repair ? findings.filter((finding) => !removable.includes(finding)) : findings
  process.stdout.write(findingsTable(left))
  process.stdout.write(`Checked ${checked.count} blobs, ${checked.bytes} bytes: ${left.length || 'no'} findings.\n`)
  return left.length === 0 ? 0 : 1
}

function ago(milliseconds: number): string {
  return new Date(Date.now() - milliseconds).toISOString()
}
