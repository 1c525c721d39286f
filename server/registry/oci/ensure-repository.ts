import type { Transaction } from 'kysely'
import { QUOTAS } from '../../../contract/domain/quotas.ts'
import type { NamespaceRow, RepositoryRow, Schema } from '../../db/schema.ts'
import { newId } from '../core/ids.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findInstance } from '../instances/instance-queries.ts'
import { countArtifactRepositories, findRepository } from './repository-queries.ts'

/** What a new repository counts as: one of a chart counts with the charts, whose quota has been asked. */
export type RepositoryKind = 'chart' | 'artifact'

/** The repository, made when it is not there. Throws `repository-quota`. */
export async function ensureRepository(
  transaction: Transaction<Schema>,
  namespace: Pick<NamespaceRow, 'id' | 'instance_id' | 'name'>,
  name: string,
  wanted: { readonly kind: RepositoryKind; readonly now: string },
): Promise<RepositoryRow> {
  const there = await findRepository(transaction, namespace.id, name)
  if (there) return there
  if (wanted.kind === 'artifact') await checkQuota(transaction, namespace, name)
  const { now } = wanted
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
  // Telling which of them hold a chart is dearer, and seldom asked for.
  if (count < limit || (await countArtifactRepositories(transaction, instance.id)) < limit) return
  throw new RegistryError('repository-quota', { repository: `${namespace.name}/${name}`, limit })
}
