import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { ENTRY_BYTES } from '../../../chart/index-entry.ts'
import { nodeSqliteDialect } from '../node-sqlite.ts'
import * as first from './001-first.ts'
import * as helmDoors from './002-helm-doors.ts'
import * as indexBounds from './006-index-bounds.ts'

test('shortens index entries above the limit and keeps texts without a limit', async () => {
  const db = new Kysely<unknown>({ dialect: nodeSqliteDialect(() => new DatabaseSync(':memory:')) })
  await first.up(db)
  await helmDoors.up(db)
  await sql`pragma foreign_keys = off`.execute(db)
  await sql`insert into namespaces (id, number, instance_id, name, public, auto_scan, immutable, revision, chart_count,
    created_at, updated_at) values ('n', 1, 'i', 'team', 0, 0, 0, 7, 1, '', ''), ('o', 2, 'i', 'other', 0, 0, 0, 7, 1, '', '')`.execute(
    db,
  )
  const entry = (fields: object) =>
    JSON.stringify({ name: 'nginx', version: '1.0.0', ...fields, urls: ['charts/x'], created: '', digest: '' })
  const long = entry({ home: 'https://example.org', icon: 'x'.repeat(70_000) })
  const short = entry({ icon: 'x'.repeat(2000) })
  for (const [id, namespace, text] of [
    ['long', 'n', long],
    ['short', 'o', short],
  ] as const) {
    const metadata = `{"of":"${id}"}`
    await sql`insert into archives (id, namespace_id, digest, size, name, version, metadata_json, index_entry, pushed_by,
      door, created_at) values (${id}, ${namespace}, ${id}, 1, 'nginx', '1.0.0', ${metadata}, ${text}, 'a', 'oci', 'then')`.execute(
      db,
    )
    await sql`insert into versions (id, chart_id, namespace_id, version, folded_version, order_key, prerelease, file_name,
      archive_id, created_at) values (${id}, ${id}, ${namespace}, '1.0.0', '', '', 0, '', ${id}, '')`.execute(db)
    await sql`insert into charts (id, instance_id, namespace_id, namespace_name, name, folded_name, version_count,
      latest_version_id, latest_version, home, icon, deprecated, created_at, updated_at) values (${id}, 'i', ${namespace},
      '', 'nginx', '', 1, ${id}, '1.0.0', 'https://example.org', ${JSON.parse(text).icon}, 0, '', '')`.execute(db)
  }
  await sql`insert into manifests (id, repository_id, digest, media_type, size, content, annotations_json, pushed_by, door,
    created_at, touched_at) values ('m', 'r', 'd', 't', 1, 'content', 'annotations', 'a', 'oci', 'then', 'now')`.execute(
    db,
  )
  await indexBounds.up(db)
  const archives = await sql<{ index_entry: string }>`select id, metadata_json, index_entry, created_at from archives
    order by id`.execute(db)
  expect(archives.rows).toEqual([
    {
      id: 'long',
      metadata_json: '{"of":"long"}',
      index_entry: entry({ home: 'https://example.org' }),
      created_at: 'then',
    },
    { id: 'short', metadata_json: '{"of":"short"}', index_entry: short, created_at: 'then' },
  ])
  for (const row of archives.rows) expect(row.index_entry.length).toBeLessThan(ENTRY_BYTES)
  const charts = await sql`select id, home, length(icon) as icon from charts order by id`.execute(db)
  expect(charts.rows).toEqual([
    { id: 'long', home: 'https://example.org', icon: 0 },
    { id: 'short', home: '', icon: 2000 },
  ])
  const revisions = await sql`select id, revision from namespaces order by id`.execute(db)
  expect(revisions.rows).toEqual([
    { id: 'n', revision: 8 },
    { id: 'o', revision: 7 },
  ])
  const manifests = await sql`select content, annotations_json, touched_at from manifests`.execute(db)
  expect(manifests.rows).toEqual([{ content: 'content', annotations_json: 'annotations', touched_at: 'now' }])
  await db.destroy()
})
