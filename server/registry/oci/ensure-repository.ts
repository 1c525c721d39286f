import type { Transaction } from 'kysely'
import { QUOTAS } from '../../../contract/domain/quotas.ts'
import type { NamespaceRow, RepositoryRow, Schema } from '../../db/schema.ts'
import { newId } from '../core/ids.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findInstance } from '../instances/instance-queries.ts'
import { countArtifactRepositories, findRepository } from './repository-queries.ts'

/** Quota that a new repository counts against. For a chart that is the quota of charts, which is checked elsewhere. */
export type RepositoryKind = 'chart' | 'artifact'

/** Returns the repository, and creates it if it does not exist. Throws `repository-quota`. */
export async function ensureRepository(
  transaction: Transaction<Schema>,
  namespace: Pick<NamespaceRow, 'id' | 'instance_id' | 'name'>,
  name: string,
  { kind, now }: { readonly kind: RepositoryKind; readonly now: string },
): Promise<RepositoryRow> {
  const existing = await findRepository(transaction, namespace.id, name)
  if (existing) return existing
  if (kind === 'artifact') await checkQuota(transaction, namespace, name)
  const row: RepositoryRow = {
    id: newId(),
    instance_id: namespace.instance_id,
    namespace_id: namespace.id,
    name,
    full_name: `${namespace.name}/${name}`,
    chart_id: null,
    created_at: now,
    updated_at: now,
  }
  await transaction.insertInto('repositories').values(row).execute()
  return row
}

async function checkQuota(
  transaction: Transaction<Schema>,
  namespace: Pick<NamespaceRow, 'instance_id' | 'name'>,
  name: string,
): Promise<void> {
  const instance = await findInstance(transaction, namespace.instance_id)
  if (!instance) throw new RegistryError('instance-missing', { instance: namespace.instance_id })
  const limit = QUOTAS[instance.type].repo
  const { count } = await transaction
    .selectFrom('repositories')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('instance_id', '=', instance.id)
    .executeTakeFirstOrThrow()
  // Counting only those without a chart is slower, and only needed near the limit.
  if (count < limit || (await countArtifactRepositories(transaction, instance.id)) < limit) return
  throw new RegistryError('repository-quota', { repository: `${namespace.name}/${name}`, limit })
}
