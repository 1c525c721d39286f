import type { Transaction } from 'kysely'
import { brokenNamespaceNameRules } from '../../contract/ccr/namespace-name.ts'
import { QUOTAS } from '../../contract/ccr/quotas.ts'
import { countNamespacesAndCharts, findInstance } from '../db/instances.ts'
import { findNamespace } from '../db/namespaces.ts'
import type { Flag, NamespaceRow, Schema } from '../db/schema.ts'
import { recordDeed, recordDeeds } from './audit.ts'
import type { Call } from './call.ts'
import { RegistryError } from './errors.ts'
import { newId } from './ids.ts'
import { nextNumber } from './next-number.ts'
import { deleteManifestRows } from './oci/delete-manifest-rows.ts'
import type { Registry } from './registry.ts'

/** Throws `namespace-name-invalid`, `instance-missing`, `namespace-quota`, `namespace-exists`. */
export async function createNamespace(
  registry: Registry,
  call: Call,
  wanted: { readonly name: string; readonly public: boolean },
): Promise<NamespaceRow> {
  if (brokenNamespaceNameRules(wanted.name).length > 0) throw new RegistryError('namespace-name-invalid')
  const now = registry.now()
  return registry.database.write(async (transaction) => {
    const instance = await findInstance(transaction, call.instance)
    if (!instance) throw new RegistryError('instance-missing', { instance: call.instance })
    const row = await transaction
      .insertInto('namespaces')
      .values({
        id: newId(),
        number: await nextNumber(transaction, 'namespace'),
        instance_id: instance.id,
        name: wanted.name,
        public: flag(wanted.public),
        auto_scan: 0,
        immutable: 0,
        revision: 0,
        names_revision: 0,
        chart_count: 0,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.columns(['instance_id', 'name']).doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) throw new RegistryError('namespace-exists', { namespace: wanted.name })
    const limit = QUOTAS[instance.type].namespace
    const { namespace } = await countNamespacesAndCharts(transaction, instance.id)
    if (namespace > limit) throw new RegistryError('namespace-quota', { namespace: wanted.name, limit })
    const subject = wanted.public ? 'public=true' : undefined
    await recordDeed(transaction, call, { action: 'namespace.create', namespace: wanted.name, subject }, now)
    return row
  })
}

/** Changes what is given and leaves the rest. Throws `namespace-missing`. */
export async function updateNamespace(
  registry: Registry,
  call: Call,
  name: string,
  change: {
    readonly public?: boolean | undefined
    readonly autoScan?: boolean | undefined
    readonly immutable?: boolean | undefined
  },
): Promise<NamespaceRow> {
  const now = registry.now()
  return registry.database.write(async (transaction) => {
    const before = await findNamespace(transaction, call.instance, name)
    if (!before) throw new RegistryError('namespace-missing', { namespace: name })
    const row = await transaction
      .updateTable('namespaces')
      .set({
        ...(change.public !== undefined && { public: flag(change.public) }),
        ...(change.autoScan !== undefined && { auto_scan: flag(change.autoScan) }),
        ...(change.immutable !== undefined && { immutable: flag(change.immutable) }),
        updated_at: now,
      })
      .where('id', '=', before.id)
      .returningAll()
      .executeTakeFirstOrThrow()
    const subject = changesOf(before, row)
    if (subject) await recordDeed(transaction, call, { action: 'namespace.change', namespace: name, subject }, now)
    return row
  })
}

/** `public=true, immutable=false`: what became of what has changed. */
function changesOf(before: NamespaceRow, after: NamespaceRow): string {
  return (['public', 'auto_scan', 'immutable'] as const)
    .filter((column) => before[column] !== after[column])
    .map((column) => `${column === 'auto_scan' ? 'autoScan' : column}=${after[column] === 1}`)
    .join(', ')
}

/** Throws `namespace-missing`, `namespace-not-empty`, `namespace-holds-tags`. */
export async function deleteNamespace(registry: Registry, call: Call, name: string): Promise<void> {
  await registry.database.write(async (transaction) => {
    if ((await deleteEmpty(transaction, call, [name], registry.now())) === 0) {
      throw new RegistryError('namespace-missing', { namespace: name })
    }
  })
}

/** Deletes namespaces: all or none. What is gone counts as gone. Throws `namespace-not-empty` naming all that hold charts. */
export async function deleteNamespaces(registry: Registry, call: Call, names: readonly string[]): Promise<void> {
  await registry.database.write((transaction) => deleteEmpty(transaction, call, names, registry.now()))
}

async function deleteEmpty(
  transaction: Transaction<Schema>,
  call: Call,
  names: readonly string[],
  now: string,
): Promise<number> {
  const rows = await transaction
    .selectFrom('namespaces')
    .select(['id', 'name', 'chart_count'])
    .where('instance_id', '=', call.instance)
    .where('name', 'in', names)
    .orderBy('name')
    .execute()
  const full = rows.filter((row) => row.chart_count > 0)
  if (full.length > 0) {
    throw new RegistryError('namespace-not-empty', {
      namespace: full.map((row) => row.name).join(', '),
      charts: full.reduce((sum, row) => sum + row.chart_count, 0),
    })
  }
  for (const row of rows) await checkNoTags(transaction, row)
  for (const { id, name } of rows) {
    await deleteUntagged(transaction, call, id, now)
    await transaction.deleteFrom('namespaces').where('id', '=', id).execute()
    await takeAllGrants(transaction, call.instance, name)
  }
  const deeds = rows.map((row) => ({ action: 'namespace.delete', namespace: row.name }) as const)
  await recordDeeds(transaction, call, deeds, now)
  return rows.length
}

/** Grants are by name: a later namespace of this one must not inherit them. */
async function takeAllGrants(transaction: Transaction<Schema>, instance: string, namespace: string): Promise<void> {
  await transaction
    .deleteFrom('grants')
    .where('instance_id', '=', instance)
    .where('namespace', '=', namespace)
    .execute()
}

/** What has a tag is what somebody wants to keep. Throws `namespace-holds-tags`. */
async function checkNoTags(
  transaction: Transaction<Schema>,
  namespace: Pick<NamespaceRow, 'id' | 'name'>,
): Promise<void> {
  const { tags } = await transaction
    .selectFrom('tags')
    .innerJoin('repositories', 'repositories.id', 'tags.repository_id')
    .select((eb) => eb.fn.countAll<number>().as('tags'))
    .where('repositories.namespace_id', '=', namespace.id)
    .executeTakeFirstOrThrow()
  if (tags > 0) throw new RegistryError('namespace-holds-tags', { namespace: namespace.name, tags })
}

/** What has none would be collected some day. Its repositories go with the namespace. */
async function deleteUntagged(
  transaction: Transaction<Schema>,
  call: Call,
  namespaceId: string,
  now: string,
): Promise<void> {
  const manifests = await transaction
    .selectFrom('manifests')
    .innerJoin('repositories', 'repositories.id', 'manifests.repository_id')
    .select(['manifests.id', 'manifests.repository_id', 'manifests.digest'])
    .where('repositories.namespace_id', '=', namespaceId)
    .execute()
  for (const manifest of manifests) await deleteManifestRows(transaction, call.instance, manifest, now)
}

function flag(value: boolean): Flag {
  return value ? 1 : 0
}
