import { type Kysely, sql } from 'kysely'

/** Adds grants, instance passwords, robots, access keys and the audit log. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await extendAccounts(db)
  await makeGrants(db)
  await makeInstancePasswords(db)
  await makeRobots(db)
  await makeAccessKeys(db)
  await makeAuditEvents(db)
  // Deletes the unencrypted signing key: the next start creates an encrypted one. Its tokens expire within minutes.
  await (db as Kysely<{ secrets: { name: string } }>) // the table of 002
    .deleteFrom('secrets')
    .where('name', '=', 'bearer-tokens')
    .execute()
}

async function extendAccounts(db: Kysely<unknown>): Promise<void> {
  for (const name of ['language', 'theme', 'oidc_subject', 'last_sign_in_at']) {
    await db.schema.alterTable('accounts').addColumn(name, 'text').execute()
  }
  for (const [name, value] of [
    ['folded_name', ''],
    ['role_source', 'given'],
  ] as const) {
    await db.schema
      .alterTable('accounts')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(value))
      .execute()
  }
  // Earlier releases have only one account, with an ASCII name.
  await sql`update accounts set folded_name = lower(name)`.execute(db)
  await db.schema.createIndex('accounts_by_folded_name').unique().on('accounts').column('folded_name').execute()
  await db.schema.createIndex('accounts_by_oidc_subject').unique().on('accounts').column('oidc_subject').execute()
}

async function makeGrants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('grants')
    .addColumn('holder_id', 'text', (column) => column.notNull())
    .addColumn('instance_id', 'text', (column) => column.notNull().references('instances.id'))
    .addColumn('namespace', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('grants_key', ['holder_id', 'instance_id', 'namespace', 'source'])
    .execute()
  await makeIndexes(db, 'grants', { grants_of_place: ['instance_id', 'namespace', 'holder_id'] })
}

async function makeInstancePasswords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('instance_passwords')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('instance_id', 'text', (column) => column.notNull().references('instances.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('secret_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text')
    .execute()
  await makeIndexes(db, 'instance_passwords', {
    instance_passwords_of_account: ['account_id', 'instance_id', 'kind'],
    instance_passwords_by_end: ['expires_at'],
  })
}

async function makeRobots(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('robots')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'integer', (column) => column.notNull().unique())
    .addColumn('instance_id', 'text', (column) => column.notNull().references('instances.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('secret_hash', 'text', (column) => column.notNull())
    .addColumn('credential_revision', 'integer', (column) => column.notNull())
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('expires_at', 'text')
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('last_used_at', 'text')
    .addUniqueConstraint('robots_name', ['instance_id', 'name'])
    .execute()
  await makeIndexes(db, 'robots', { robots_by_name: ['name'] })
}

async function makeAccessKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('access_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('sealed_secret', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('configured', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('last_used_at', 'text')
    .execute()
  await makeIndexes(db, 'access_keys', { access_keys_of_account: ['account_id', 'created_at'] })
}

async function makeAuditEvents(db: Kysely<unknown>): Promise<void> {
  // No foreign keys: events outlive the rows that they mention.
  await db.schema
    .createTable('audit_events')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('actor_kind', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('credential', 'text')
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('door', 'text', (column) => column.notNull())
    .addColumn('client', 'text', (column) => column.notNull())
    .addColumn('instance_id', 'text')
    .addColumn('namespace', 'text')
    .addColumn('chart', 'text')
    .addColumn('version', 'text')
    .addColumn('subject', 'text')
    .addColumn('digest_before', 'text')
    .addColumn('digest_after', 'text')
    .addColumn('request_id', 'text', (column) => column.notNull())
    .execute()
  await makeIndexes(db, 'audit_events', {
    audit_events_of_instance: ['instance_id', 'id'],
    audit_events_of_namespace: ['instance_id', 'namespace', 'id'],
    audit_events_of_chart: ['instance_id', 'chart', 'id'],
    audit_events_of_actor: ['actor', 'id'],
    audit_events_of_action: ['action', 'id'],
  })
}

async function makeIndexes(db: Kysely<unknown>, table: string, indexes: Record<string, string[]>): Promise<void> {
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema.createIndex(name).on(table).columns(columns).execute()
  }
}
