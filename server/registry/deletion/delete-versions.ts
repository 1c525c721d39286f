import type { Transaction } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { findChart } from '../charts/chart-queries.ts'
import { refreshChart, touchNamespace } from '../charts/chart-summary.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { deleteVersionRows } from './delete-version-rows.ts'

interface VersionsToDelete {
  readonly namespace: string
  readonly chart: string
  readonly versions: readonly string[]
}

/**
 * Deletes versions of one chart: all or none. What is gone counts as gone, the chart included; a chart that has no
 * version left goes too. Throws `namespace-missing`, `deletion-immutable`.
 */
export async function deleteVersions(registry: Registry, call: Call, wanted: VersionsToDelete): Promise<void> {
  await registry.database.write((transaction) => deleteVersionsIn(transaction, call, wanted, registry.now()))
}

/** Deletes one version. Throws as {@link deleteVersions} does, `chart-missing` and `version-missing`. */
export async function deleteVersion(
  registry: Registry,
  call: Call,
  wanted: { readonly namespace: string; readonly chart: string; readonly version: string },
): Promise<void> {
  const { namespace, chart, version } = wanted
  await registry.database.write(async (transaction) => {
    const found = await deleteVersionsIn(transaction, call, { namespace, chart, versions: [version] }, registry.now())
    if (found === 'no chart') throw new RegistryError('chart-missing', { namespace, chart })
    if (found === 0) throw new RegistryError('version-missing', { namespace, chart, version })
  })
}

/** Deletes versions inside a transaction; answers with how many were there. Throws as {@link deleteVersions} does. */
export async function deleteVersionsIn(
  transaction: Transaction<Schema>,
  call: Call,
  wanted: VersionsToDelete,
  now: string,
): Promise<number | 'no chart'> {
  const namespace = await findNamespace(transaction, call.instance, wanted.namespace)
  if (!namespace) throw new RegistryError('namespace-missing', { namespace: wanted.namespace })
  const chart = await findChart(transaction, namespace.id, wanted.chart)
  if (!chart) return 'no chart'
  const named = transaction
    .selectFrom('versions')
    .where('chart_id', '=', chart.id)
    .where('version', 'in', wanted.versions)
  const versions = await named.select('version').orderBy('order_key', 'desc').execute()
  if (versions.length === 0) return 0
  if (namespace.immutable) {
    const blocking = versions.map(({ version }) => `${chart.name} ${version}`).join(', ')
    throw new RegistryError('deletion-immutable', { namespace: namespace.name, blocking })
  }
  await deleteVersionRows(transaction, call, named.select('id'), now)
  const stays = await refreshChart(transaction, chart.id)
  await touchNamespace(transaction, namespace.id, { added: stays ? 0 : -1, now })
  return versions.length
}
