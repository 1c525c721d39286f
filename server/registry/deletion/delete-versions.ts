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
 * Deletes versions of one chart in one transaction, and the chart with its last version. Ignores versions and charts
 * that do not exist. Throws `namespace-missing`, `deletion-immutable`.
 */
export async function deleteVersions(registry: Registry, call: Call, target: VersionsToDelete): Promise<void> {
  await registry.database.write((transaction) => deleteVersionsIn(transaction, call, target, registry.now()))
}

/** Deletes one version. Throws the errors of {@link deleteVersions}, `chart-missing` and `version-missing`. */
export async function deleteVersion(
  registry: Registry,
  call: Call,
  { namespace, chart, version }: { readonly namespace: string; readonly chart: string; readonly version: string },
): Promise<void> {
  await registry.database.write(async (transaction) => {
    const deleted = await deleteVersionsIn(transaction, call, { namespace, chart, versions: [version] }, registry.now())
    if (deleted === 'no chart') throw new RegistryError('chart-missing', { namespace, chart })
    if (deleted === 0) throw new RegistryError('version-missing', { namespace, chart, version })
  })
}

/** Deletes versions in a transaction. Returns how many existed. Throws the errors of {@link deleteVersions}. */
export async function deleteVersionsIn(
  transaction: Transaction<Schema>,
  call: Call,
  target: VersionsToDelete,
  now: string,
): Promise<number | 'no chart'> {
  const namespace = await findNamespace(transaction, call.instance, target.namespace)
  if (!namespace) throw new RegistryError('namespace-missing', { namespace: target.namespace })
  const chart = await findChart(transaction, namespace.id, target.chart)
  if (!chart) return 'no chart'
  const named = transaction
    .selectFrom('versions')
    .where('chart_id', '=', chart.id)
    .where('version', 'in', target.versions)
  const versions = await named.select('version').orderBy('order_key', 'desc').execute()
  if (versions.length === 0) return 0
  if (namespace.immutable) {
    const blocking = versions.map(({ version }) => `${chart.name} ${version}`).join(', ')
    throw new RegistryError('deletion-immutable', { namespace: namespace.name, blocking })
  }
  await deleteVersionRows(transaction, call, named.select('id'), now)
  const remains = await refreshChart(transaction, chart.id)
  await touchNamespace(transaction, namespace.id, { added: remains ? 0 : -1, now })
  return versions.length
}
