import { type Kysely, sql } from 'kysely'
import { ENTRY_BYTES, type IndexEntry, writeEntry } from '../../../chart/index-entry.ts'

/** Rows read at a time: each may be some megabytes. */
const AT_ONCE = 20
/** Length in bytes above which an index entry drops a text, and so a chart's row has to drop it too. */
const LONG_TEXT = 1024

/**
 * Limits the size of index entries: shortens stored entries, and the columns of charts that come from them. Moves texts
 * without a limit to the last columns of their rows, because SQLite reads through all preceding columns.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await shortenEntries(db as Kysely<Tables>) // the tables of 001
  await shortenCharts(db as Kysely<Tables>) // the same
  await moveToEnd(db, 'archives', ['metadata_json'])
  await moveToEnd(db, 'manifests', ['annotations_json', 'content'])
}

async function moveToEnd(db: Kysely<unknown>, table: string, columns: readonly string[]): Promise<void> {
  for (const column of columns) {
    const moved = `moved_${column}`
    await db.schema
      .alterTable(table)
      .addColumn(moved, 'text', (definition) => definition.notNull().defaultTo(''))
      .execute()
    await sql`update ${sql.table(table)} set ${sql.ref(moved)} = ${sql.ref(column)}`.execute(db)
    await db.schema.alterTable(table).dropColumn(column).execute()
    await db.schema.alterTable(table).renameColumn(moved, column).execute()
  }
}

interface Tables {
  archives: { id: string; namespace_id: string; index_entry: string }
  versions: { id: string; archive_id: string }
  charts: { id: string; latest_version_id: string; home: string; icon: string }
  namespaces: { id: string; revision: number }
}

async function shortenEntries(db: Kysely<Tables>): Promise<void> {
  const changed = new Set<string>()
  for (let after = '', isLast = false; !isLast; ) {
    const rows = await db
      .selectFrom('archives')
      .select(['id', 'namespace_id', 'index_entry'])
      .where('id', '>', after)
      .where(sql<boolean>`octet_length(index_entry) > ${ENTRY_BYTES}`)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute()
    for (const { id, namespace_id, index_entry } of rows) {
      const entry: IndexEntry = JSON.parse(index_entry)
      await db
        .updateTable('archives')
        .set({ index_entry: writeEntry(entry) })
        .where('id', '=', id)
        .execute()
      changed.add(namespace_id)
    }
    after = rows.at(-1)?.id ?? after
    isLast = rows.length < AT_ONCE
  }
  // A new revision invalidates the index in caches of clients.
  for (const id of changed) {
    await db
      .updateTable('namespaces')
      .set((eb) => ({ revision: eb('revision', '+', 1) }))
      .where('id', '=', id)
      .execute()
  }
}

async function shortenCharts(db: Kysely<Tables>): Promise<void> {
  for (let after = '', isLast = false; !isLast; ) {
    const rows = await db
      .selectFrom('charts')
      .innerJoin('versions', 'versions.id', 'charts.latest_version_id')
      .innerJoin('archives', 'archives.id', 'versions.archive_id')
      .select(['charts.id', 'archives.index_entry'])
      .where('charts.id', '>', after)
      .where(sql<boolean>`(octet_length(charts.home) > ${LONG_TEXT} or octet_length(charts.icon) > ${LONG_TEXT})`)
      .orderBy('charts.id')
      .limit(AT_ONCE)
      .execute()
    for (const { id, index_entry } of rows) {
      const { home = '', icon = '' }: IndexEntry = JSON.parse(index_entry)
      await db.updateTable('charts').set({ home, icon }).where('id', '=', id).execute()
    }
    after = rows.at(-1)?.id ?? after
    isLast = rows.length < AT_ONCE
  }
}
