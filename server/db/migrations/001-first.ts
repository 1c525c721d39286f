import { type Kysely, sql } from 'kysely'

/** Creates the first tables, on SQLite and PostgreSQL alike. The columns are described in `schema.ts`. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createAccountTables(db)
  await createInstanceTables(db)
  await createBlobTables(db)
  await createChartTables(db)
}

async function createAccountTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('credential_revision', 'integer', (column) => column.notNull())
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('sessions')
    .addColumn('token_digest', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('sessions_of_account').on('sessions').column('account_id').execute()
  await db.schema.createIndex('sessions_by_end').on('sessions').column('expires_at').execute()
  await db.schema
    .createTable('sign_in_failures')
    .addColumn('subject', 'text', (column) => column.primaryKey())
    .addColumn('failures', 'integer', (column) => column.notNull())
    .addColumn('last_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('sign_in_failures_by_time').on('sign_in_failures').column('last_at').execute()
}

async function createInstanceTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('counters')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('instances')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('folded_name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('region', 'text', (column) => column.notNull())
    .addColumn('bucket', 'text', (column) => column.notNull())
    .addColumn('tags_json', 'text', (column) => column.notNull())
    .addColumn('is_default', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('instances_by_name').on('instances').columns(['name', 'id']).execute()
  await db.schema
    .createIndex('instances_default')
    .unique()
    .on('instances')
    .column('is_default')
    .where(sql.ref('is_default'), '=', sql.lit(1))
    .execute()
  await db.schema
    .createTable('namespaces')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'integer', (column) => column.notNull().unique())
    .addColumn('instance_id', 'text', (column) => column.notNull().references('instances.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('public', 'integer', (column) => column.notNull())
    .addColumn('auto_scan', 'integer', (column) => column.notNull())
    .addColumn('immutable', 'integer', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('chart_count', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('namespaces_name', ['instance_id', 'name'])
    .execute()
  await makeIndexes(db, 'namespaces', {
    namespaces_by_creation: ['instance_id', 'created_at', 'name'],
    namespaces_by_charts: ['instance_id', 'chart_count', 'name'],
  })
}

async function createBlobTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('blobs')
    .addColumn('digest', 'text', (column) => column.primaryKey())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('touched_at', 'text', (column) => column.notNull())
    .execute()
  await makeIndexes(db, 'blobs', { blobs_by_state: ['state', 'touched_at'] })
  await db.schema
    .createTable('used_blobs')
    .addColumn('instance_id', 'text', (column) => column.notNull().references('instances.id'))
    .addColumn('digest', 'text', (column) => column.notNull().references('blobs.digest'))
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('uses', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('used_blobs_key', ['instance_id', 'digest'])
    .execute()
  await makeIndexes(db, 'used_blobs', { used_blobs_by_size: ['instance_id', 'size'], used_blobs_of_blob: ['digest'] })
  // No foreign key to the namespace: archives outlive it until they are garbage collected.
  await db.schema
    .createTable('archives')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('namespace_id', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull().references('blobs.digest'))
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('provenance_digest', 'text', (column) => column.references('blobs.digest'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('metadata_json', 'text', (column) => column.notNull())
    .addColumn('index_entry', 'text', (column) => column.notNull())
    .addColumn('pushed_by', 'text', (column) => column.notNull())
    .addColumn('door', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
  await makeIndexes(db, 'archives', {
    archives_of_blob: ['digest'],
    archives_of_provenance: ['provenance_digest'],
    archives_of_namespace: ['namespace_id', 'name', 'version'],
  })
}

async function createChartTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('charts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('instance_id', 'text', (column) => column.notNull().references('instances.id'))
    .addColumn('namespace_id', 'text', (column) => column.notNull().references('namespaces.id'))
    .addColumn('namespace_name', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('folded_name', 'text', (column) => column.notNull())
    .addColumn('version_count', 'integer', (column) => column.notNull())
    .addColumn('latest_version_id', 'text', (column) => column.notNull())
    .addColumn('latest_version', 'text', (column) => column.notNull())
    .addColumn('home', 'text', (column) => column.notNull())
    .addColumn('icon', 'text', (column) => column.notNull())
    .addColumn('deprecated', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('charts_name', ['namespace_id', 'name'])
    .execute()
  await makeIndexes(db, 'charts', {
    charts_by_versions: ['namespace_id', 'version_count', 'name'],
    charts_by_creation: ['namespace_id', 'created_at', 'name'],
    charts_by_update: ['namespace_id', 'updated_at', 'name'],
    charts_to_search: ['namespace_id', 'folded_name', 'name', 'id'],
    instance_charts_by_name: ['instance_id', 'name', 'namespace_name'],
    instance_charts_by_versions: ['instance_id', 'version_count', 'name', 'namespace_name'],
    instance_charts_by_creation: ['instance_id', 'created_at', 'name', 'namespace_name'],
    instance_charts_by_update: ['instance_id', 'updated_at', 'name', 'namespace_name'],
    instance_charts_to_search: ['instance_id', 'folded_name', 'name', 'namespace_name', 'id'],
  })
  await db.schema
    .createTable('versions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('chart_id', 'text', (column) => column.notNull().references('charts.id'))
    .addColumn('namespace_id', 'text', (column) => column.notNull().references('namespaces.id'))
    .addColumn('version', 'text', (column) => column.notNull())
    .addColumn('folded_version', 'text', (column) => column.notNull())
    .addColumn('order_key', 'text', (column) => column.notNull())
    .addColumn('prerelease', 'integer', (column) => column.notNull())
    .addColumn('file_name', 'text', (column) => column.notNull())
    .addColumn('archive_id', 'text', (column) => column.notNull().references('archives.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('versions_version', ['chart_id', 'version'])
    .addUniqueConstraint('versions_file_name', ['namespace_id', 'file_name'])
    .execute()
  await makeIndexes(db, 'versions', {
    versions_by_order: ['chart_id', 'order_key desc', 'version'],
    versions_by_creation: ['chart_id', 'created_at', 'version'],
    versions_of_archive: ['archive_id'],
  })
}

async function makeIndexes(db: Kysely<unknown>, table: string, indexes: Record<string, string[]>): Promise<void> {
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema.createIndex(name).on(table).columns(columns).execute()
  }
}
