import type { Kysely } from 'kysely'

/** Adds the tables of the Helm APIs: custom domains, repositories, manifests and tags. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeDomains(db)
  await countChartChanges(db)
  await makeSecrets(db)
  await makeRepositories(db)
  await makeManifests(db)
  await linkVersions(db)
}

async function makeDomains(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('instance_domains')
    .addColumn('domain', 'text', (column) => column.primaryKey())
    .addColumn('instance_id', 'text', (column) => column.notNull().references('instances.id'))
    .execute()
  await db.schema
    .createIndex('instance_domains_of_instance')
    .on('instance_domains')
    .columns(['instance_id', 'domain'])
    .execute()
}

async function countChartChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('charts')
    .addColumn('revision', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}

async function makeSecrets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('secrets')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
}

async function makeRepositories(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('repositories')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('instance_id', 'text', (column) => column.notNull().references('instances.id'))
    .addColumn('namespace_id', 'text', (column) => column.notNull().references('namespaces.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('repositories_name', ['namespace_id', 'name'])
    .execute()
  await makeIndexes(db, 'repositories', { repositories_of_instance: ['instance_id', 'namespace_id', 'name'] })
  await db.schema
    .createTable('repository_blobs')
    .addColumn('repository_id', 'text', (column) => column.notNull().references('repositories.id').onDelete('cascade'))
    .addColumn('digest', 'text', (column) => column.notNull().references('blobs.digest'))
    .addColumn('touched_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('repository_blobs_key', ['repository_id', 'digest'])
    .execute()
  await makeIndexes(db, 'repository_blobs', {
    repository_blobs_of_blob: ['digest'],
    repository_blobs_by_touch: ['touched_at'],
  })
  await db.schema
    .createTable('digest_aliases')
    .addColumn('alias', 'text', (column) => column.primaryKey())
    .addColumn('digest', 'text', (column) => column.notNull())
    .execute()
  await makeIndexes(db, 'digest_aliases', { digest_aliases_of_digest: ['digest'] })
}

async function makeManifests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('manifests')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('repository_id', 'text', (column) => column.notNull().references('repositories.id').onDelete('cascade'))
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('media_type', 'text', (column) => column.notNull())
    .addColumn('artifact_type', 'text')
    .addColumn('config_media_type', 'text')
    .addColumn('subject', 'text')
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('annotations_json', 'text', (column) => column.notNull())
    .addColumn('pushed_by', 'text', (column) => column.notNull())
    .addColumn('door', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('touched_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('manifests_digest', ['repository_id', 'digest'])
    .execute()
  await makeIndexes(db, 'manifests', {
    manifests_of_subject: ['repository_id', 'subject', 'digest'],
    manifests_by_touch: ['touched_at'],
  })
  await db.schema
    .createTable('manifest_blobs')
    .addColumn('manifest_id', 'text', (column) => column.notNull().references('manifests.id').onDelete('cascade'))
    .addColumn('digest', 'text', (column) => column.notNull().references('blobs.digest'))
    .addPrimaryKeyConstraint('manifest_blobs_key', ['manifest_id', 'digest'])
    .execute()
  await makeIndexes(db, 'manifest_blobs', { manifest_blobs_of_blob: ['digest', 'manifest_id'] })
  await db.schema
    .createTable('manifest_children')
    .addColumn('manifest_id', 'text', (column) => column.notNull().references('manifests.id').onDelete('cascade'))
    .addColumn('child_id', 'text', (column) => column.notNull().references('manifests.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('manifest_children_key', ['manifest_id', 'child_id'])
    .execute()
  await makeIndexes(db, 'manifest_children', { manifest_children_of_child: ['child_id'] })
  await db.schema
    .createTable('tags')
    .addColumn('repository_id', 'text', (column) => column.notNull().references('repositories.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('manifest_id', 'text', (column) => column.notNull().references('manifests.id').onDelete('cascade'))
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('tags_key', ['repository_id', 'name'])
    .execute()
  await makeIndexes(db, 'tags', { tags_of_manifest: ['manifest_id', 'name'] })
}

async function linkVersions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('versions')
    .addColumn('manifest_id', 'text', (column) => column.references('manifests.id'))
    .execute()
  await makeIndexes(db, 'versions', { versions_of_manifest: ['manifest_id'] })
}

async function makeIndexes(db: Kysely<unknown>, table: string, indexes: Record<string, string[]>): Promise<void> {
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema.createIndex(name).on(table).columns(columns).execute()
  }
}
