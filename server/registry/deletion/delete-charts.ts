import type { Transaction } from 'kysely'
import { chunksOf, yieldBetween } from '../../db/chunks.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { NamespaceRow, Schema } from '../../db/schema.ts'
import { touchNamespace } from '../charts/chart-summary.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { deleteVersionRows } from './delete-version-rows.ts'

export interface ChartItem {
  readonly namespace: string
  readonly name: string
}

/**
 * Deletes charts with all their versions in one transaction. Ignores charts that do not exist. Blobs are left to the
 * garbage collection. Throws `namespace-missing`, `deletion-immutable`.
 */
export async function deleteCharts(registry: Registry, call: Call, items: readonly ChartItem[]): Promise<void> {
  await registry.database.write((transaction) => deleteItems(transaction, call, items, registry.now()))
}

/** Deletes a chart with all its versions. Throws the errors of {@link deleteCharts}, and `chart-missing`. */
export async function deleteChart(registry: Registry, call: Call, item: ChartItem): Promise<void> {
  await registry.database.write(async (transaction) => {
    const deleted = await deleteItems(transaction, call, [item], registry.now())
    if (deleted === 0) throw new RegistryError('chart-missing', { namespace: item.namespace, chart: item.name })
  })
}

async function deleteItems(
  transaction: Transaction<Schema>,
  call: Call,
  items: readonly ChartItem[],
  now: string,
): Promise<number> {
  let deleted = 0
  for (const [name, group] of Map.groupBy(items, (item) => item.namespace)) {
    const namespace = await findNamespace(transaction, call.instance, name)
    if (!namespace) throw new RegistryError('namespace-missing', { namespace: name })
    const names = group.map((item) => item.name)
    deleted += await deleteFromNamespace(transaction, call, { namespace, names }, now)
  }
  return deleted
}

async function deleteFromNamespace(
  transaction: Transaction<Schema>,
  call: Call,
  { namespace, names }: { readonly namespace: NamespaceRow; readonly names: readonly string[] },
  now: string,
): Promise<number> {
  const charts = await transaction
    .selectFrom('charts')
    .select(['id', 'name'])
    .where('namespace_id', '=', namespace.id)
    .where('name', 'in', names)
    .orderBy('name')
    .execute()
  if (charts.length === 0) return 0
  if (namespace.immutable) {
    const blocking = charts.map((chart) => chart.name).join(', ')
    throw new RegistryError('deletion-immutable', { namespace: namespace.name, blocking })
  }
  for await (const chunk of yieldBetween(chunksOf(charts))) {
    const ids = padToPowerOfTwo(chunk.map(({ id }) => id))
    const versions = transaction.selectFrom('versions').select('id').where('chart_id', 'in', ids)
    await deleteVersionRows(transaction, call, versions, now)
    await transaction.deleteFrom('charts').where('id', 'in', ids).execute()
  }
  await touchNamespace(transaction, namespace.id, { added: -charts.length, now })
  return charts.length
}
