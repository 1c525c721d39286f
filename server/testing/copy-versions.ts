import { sql, type Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Registry } from '../registry/core/registry.ts'

/**
 * Inserts `count` copies of the version of each chart, each with its own archive, manifest and tag, much faster than
 * publishing them. Charts must have one version. The blobs of the copies are not in the blob store.
 */
export async function copyVersions({ database }: Registry, count: number): Promise<void> {
  await database.write(async (transaction) => {
    await sql`create temp table copies as
      with recursive n(n) as (select 1 union all select n + 1 from n where n < ${count})
      select n.n, v.id as version_id, v.archive_id, v.manifest_id, v.chart_id,
        '-' || v.id || '-' || n.n as suffix, '9.0.' || n.n as version,
        'sha256:' || substr(replace(v.id, '-', ''), 1, 32) || printf('%031x', n.n) as half
      from n, versions v`.execute(transaction)
    const blob = sql`insert into blobs select c.half || k.kind, 100, 'live', '' from copies c,
      (select 'a' as kind union select 'c') k`
    await blob.execute(transaction)
    await copyRows(transaction, 'archives', 'archive_id', { digest: sql`c.half || 'a'`, version: sql`c.version` })
    await copyRows(transaction, 'manifests', 'manifest_id', { digest: sql`c.half || 'b'` })
    await copyRows(transaction, 'versions', 'version_id', {
      version: sql`c.version`,
      folded_version: sql`c.version`,
      order_key: sql`r.order_key || c.version`,
      file_name: sql`c.suffix || '.tgz'`,
      archive_id: sql`c.archive_id || c.suffix`,
      manifest_id: sql`c.manifest_id || c.suffix`,
    })
    await sql`insert into manifest_blobs select c.manifest_id || c.suffix, c.half || k.kind from copies c,
      (select 'a' as kind union select 'c') k`.execute(transaction)
    await sql`insert into repository_blobs (repository_id, digest, touched_at) select m.repository_id, b.digest, '' from copies c
      join manifests m on m.id = c.manifest_id || c.suffix
      join manifest_blobs b on b.manifest_id = m.id`.execute(transaction)
    await sql`insert into used_blobs select r.instance_id, b.digest, 100, case when b.digest like '%a' then 2 else 1 end
      from copies c join manifests m on m.id = c.manifest_id || c.suffix
      join repositories r on r.id = m.repository_id
      join manifest_blobs b on b.manifest_id = m.id`.execute(transaction)
    await sql`insert into tags select m.repository_id, c.version, m.id, '' from copies c
      join manifests m on m.id = c.manifest_id || c.suffix`.execute(transaction)
    await sql`update charts set version_count = version_count + ${count}`.execute(transaction)
    await sql`drop table copies`.execute(transaction)
  })
}

/** Copies the rows whose IDs are in the column `key` of `copies`, with the `changed` columns. */
async function copyRows(
  transaction: Transaction<Schema>,
  table: 'archives' | 'manifests' | 'versions',
  key: string,
  changed: Readonly<Record<string, ReturnType<typeof sql>>>,
): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(transaction)
  const id = sql`r.id || c.suffix`
  const values = rows.map(({ name }) => (name === 'id' ? id : (changed[name] ?? sql`r.${sql.ref(name)}`)))
  await sql`insert into ${sql.table(table)} select ${sql.join(values)} from copies c
    join ${sql.table(table)} r on r.id = c.${sql.ref(key)}`.execute(transaction)
}
