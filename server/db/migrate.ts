import { type Kysely, sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration'
import * as first from './migrations/001-first.ts'
import * as helmDoors from './migrations/002-helm-doors.ts'
import * as peopleAndKeys from './migrations/003-people-and-keys.ts'
import * as artifactList from './migrations/004-artifact-list.ts'
import * as chartNames from './migrations/005-chart-names.ts'
import * as indexBounds from './migrations/006-index-bounds.ts'
import * as listPreferences from './migrations/007-list-preferences.ts'
import * as blobUpkeep from './migrations/008-blob-upkeep.ts'
import * as protocols from './migrations/009-protocols.ts'
import * as jobs from './migrations/010-jobs.ts'
import * as formerManifests from './migrations/011-former-manifests.ts'
import type { Schema } from './schema.ts'

/** The database has migrations of a newer release. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError'
  /** Name of the last unknown migration. */
  readonly migration: string

  constructor(migration: string) {
    super(`unknown migration ${migration}`)
    this.migration = migration
  }
}

/** All migrations, forward only, in the order of their names. Released migrations are never edited. */
const MIGRATIONS: Record<string, Migration> = {
  '001-first': first,
  '002-helm-doors': helmDoors,
  '003-people-and-keys': peopleAndKeys,
  '004-artifact-list': artifactList,
  '005-chart-names': chartNames,
  '006-index-bounds': indexBounds,
  '007-list-preferences': listPreferences,
  '008-blob-upkeep': blobUpkeep,
  '009-protocols': protocols,
  '010-jobs': jobs,
  '011-former-manifests': formerManifests,
}

/**
 * Runs all pending migrations. Throws {@link NewerDatabaseError} before changing anything, and the error of a failed
 * migration, which is rolled back.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const unknown = (await migrationsIn(db)).filter((name) => !(name in MIGRATIONS)).at(-1)
  if (unknown !== undefined) throw new NewerDatabaseError(unknown)
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

/** Returns the names of the migrations that were run on the database, in order; empty for a new database. */
async function migrationsIn(db: Kysely<Schema>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return []
  const { rows } = await sql<{
    name: string
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(db)
  return rows.map(({ name }) => name)
}
