import type { Kysely } from 'kysely'

/** Adds the manifests that versions had before. They are kept as long as their version. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('former_manifests')
    .addColumn('manifest_id', 'text', (column) => column.primaryKey().references('manifests.id').onDelete('cascade'))
    .addColumn('version_id', 'text', (column) => column.notNull().references('versions.id').onDelete('cascade'))
    .execute()
  await db.schema.createIndex('former_manifests_version_id').on('former_manifests').column('version_id').execute()
}
