import { type Kysely, sql } from 'kysely'

/**
 * Adds columns and indexes for the list of artifacts: the full name and the chart of each repository, and manifests by
 * age within their repository.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('repositories')
    .addColumn('full_name', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await db.schema
    .alterTable('repositories')
    .addColumn('chart_id', 'text', (column) => column.references('charts.id').onDelete('set null'))
    .execute()
  await sql`update repositories set
    full_name = (select n.name || '/' || repositories.name from namespaces n where n.id = repositories.namespace_id),
    chart_id = (
      select c.id from charts c where c.namespace_id = repositories.namespace_id and c.name = repositories.name
    )`.execute(db)
  await db.schema.createIndex('repositories_of_chart').on('repositories').column('chart_id').execute()
  // A unique index, so that SQLite needs no sorting for a further order within each repository.
  await db.schema
    .createIndex('artifact_repositories_by_name')
    .unique()
    .on('repositories')
    .columns(['instance_id', 'full_name'])
    .where(sql.ref('chart_id'), 'is', null)
    .execute()
  await db.schema
    .createIndex('artifact_repositories_of_namespace')
    .on('repositories')
    .column('namespace_id')
    .where(sql.ref('chart_id'), 'is', null)
    .execute()
  await db.schema
    .createIndex('manifests_by_age')
    .on('manifests')
    .columns(['repository_id', 'created_at desc', 'id'])
    .execute()
}
