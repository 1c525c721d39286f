import type { Transaction } from 'kysely'
import type { IndexEntry } from '../../../chart/index-entry.ts'
import type { Flag } from '../../db/columns.ts'
import type { ChartRow, Schema } from '../../db/schema.ts'

/** Columns of a chart from the index entry of its highest version, whose size is limited. */
function latestColumns(metadata: IndexEntry): Pick<ChartRow, 'latest_version' | 'home' | 'icon' | 'deprecated'> {
  const deprecated: Flag = metadata.deprecated ? 1 : 0
  return { latest_version: metadata.version, home: metadata.home ?? '', icon: metadata.icon ?? '', deprecated }
}

/**
 * Updates the row of a chart from its versions after these changed; deletes it if there are none. Returns whether the
 * chart still exists.
 */
export async function refreshChart(transaction: Transaction<Schema>, chartId: string): Promise<boolean> {
  const latest = await transaction
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .select(['versions.id', 'archives.index_entry'])
    .where('versions.chart_id', '=', chartId)
    .orderBy('versions.order_key', 'desc')
    .orderBy('versions.version')
    .limit(1)
    .executeTakeFirst()
  if (!latest) {
    await transaction.deleteFrom('charts').where('id', '=', chartId).execute()
    return false
  }
  const { count, oldest, newest } = await transaction
    .selectFrom('versions')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.min('created_at').as('oldest'),
      eb.fn.max('created_at').as('newest'),
    ])
    .where('chart_id', '=', chartId)
    .executeTakeFirstOrThrow()
  await transaction
    .updateTable('charts')
    .set((eb) => ({
      ...latestColumns(JSON.parse(latest.index_entry)),
      version_count: count,
      revision: eb('revision', '+', 1),
      latest_version_id: latest.id,
      created_at: oldest,
      updated_at: newest,
    }))
    .where('id', '=', chartId)
    .execute()
  return true
}

/** Increments the revision of a namespace, and adds `added` to its number of charts. */
export async function touchNamespace(
  transaction: Transaction<Schema>,
  namespaceId: string,
  change: { readonly added: number; readonly now: string },
): Promise<void> {
  await transaction
    .updateTable('namespaces')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      names_revision: eb('names_revision', '+', change.added === 0 ? 0 : 1),
      chart_count: eb('chart_count', '+', change.added),
      updated_at: change.now,
    }))
    .where('id', '=', namespaceId)
    .execute()
}
