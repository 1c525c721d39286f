import { openFileBlobStore } from '../server/blobs/file-blob-store.ts'
import { openSqlite } from '../server/db/database.ts'
import type { Call } from '../server/registry/core/call.ts'
import type { Registry } from '../server/registry/core/registry.ts'
import { ReadingThreads } from '../server/registry/reading/reading-threads.ts'
import { makeSecretBox } from '../server/registry/secrets/secret-box.ts'

/** Paths of a store. The database may be in another folder than the blobs. */
export interface Store {
  readonly database: string
  readonly blobs: string
}

/** The registry core without a server; disposing it closes the database and ends the threads. */
export interface Core extends AsyncDisposable {
  readonly registry: Registry
}

/** Opens the registry core on a store, without a server. */
export async function openCore({ database, blobs }: Store): Promise<Core> {
  const registry: Registry = {
    database: await openSqlite(database),
    blobs: await openFileBlobStore(blobs),
    threads: new ReadingThreads(),
    secretBox: makeSecretBox('not used while loading'),
    region: 'bj',
    maxUploadBytes: 20 * 1024 ** 2,
    maxBlobBytes: 1024 ** 3,
    grace: 24 * 60 * 60 * 1000,
    auditDays: 365,
    now: () => new Date().toISOString(),
  }
  return {
    registry,
    async [Symbol.asyncDispose]() {
      await registry.threads[Symbol.asyncDispose]()
      await registry.database.close()
    },
  }
}

/** Call context of an administrator in an instance. */
export function callAt(instance: string): Call {
  return {
    caller: {
      kind: 'account',
      id: 'bench',
      name: 'admin',
      role: 'administrator',
      grants: [],
      revision: 1,
      credential: { kind: 'session' },
    },
    instance,
    protocol: 'management',
    address: '127.0.0.1',
    userAgent: 'bench',
    requestId: 'bench',
  }
}
