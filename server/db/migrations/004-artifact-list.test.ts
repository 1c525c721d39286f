import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { expect, test } from 'vitest'
import { nodeSqliteDialect } from '../node-sqlite.ts'
import * as first from './001-first.ts'
import * as helmDoors from './002-helm-doors.ts'
import * as artifactList from './004-artifact-list.ts'

test('sets the full name and the chart of existing repositories', async () => {
  const db = new Kysely<unknown>({ dialect: nodeSqliteDialect(() => new DatabaseSync(':memory:')) })
  await first.up(db)
  await helmDoors.up(db)
  await sql`pragma foreign_keys = off`.execute(db)
  await sql`insert into namespaces values ('n', 1, 'i', 'team', 0, 0, 0, 0, 1, '', '')`.execute(db)
  await sql`insert into charts (id, instance_id, namespace_id, namespace_name, name, folded_name, version_count,
    latest_version_id, latest_version, home, icon, deprecated, created_at, updated_at)
    values ('c', 'i', 'n', 'team', 'nginx', 'nginx', 1, 'v', '1.0.0', '', '', 0, '', '')`.execute(db)
  for (const name of ['nginx', 'apps/nginx']) {
    await sql`insert into repositories values (${name}, 'i', 'n', ${name}, '', '')`.execute(db)
  }
  await artifactList.up(db)
  const { rows } = await sql`select full_name, chart_id from repositories order by full_name`.execute(db)
  expect(rows).toEqual([
    { full_name: 'team/apps/nginx', chart_id: null },
    { full_name: 'team/nginx', chart_id: 'c' },
  ])
  await db.destroy()
})
