import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import * as first from './migrations/001-first.ts'
import * as helmDoors from './migrations/002-helm-doors.ts'
import * as peopleAndKeys from './migrations/003-people-and-keys.ts'
import * as artifactList from './migrations/004-artifact-list.ts'
import * as chartNames from './migrations/005-chart-names.ts'
import * as listPreferences from './migrations/007-list-preferences.ts'
import type { Schema } from './schema.ts'

/** All migrations, forward only, run in the order of their names. One that has been released is never edited. */
const MIGRATIONS: Record<string, Migration> = {
  '001-first': first,
  '002-helm-doors': helmDoors,
  '003-people-and-keys': peopleAndKeys,
  '004-artifact-list': artifactList,
  '005-chart-names': chartNames,
  '007-list-preferences': listPreferences,
}

/** Brings the database up to date. Throws what a migration threw; that migration is undone then. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
