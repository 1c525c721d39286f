import type { SelectQueryBuilder, Transaction } from 'kysely'
import { yieldToEventLoop } from '../../db/chunks.ts'
import { padToPowerOfTwo } from '../../db/prepared.ts'
import type { Schema } from '../../db/schema.ts'
import { recordEvents } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { deleteManifestRows } from './delete-manifest-rows.ts'

/** Rows deleted per statement. */
const AT_ONCE = 1000

/** Deletes a namespace. Throws `namespace-missing`, `namespace-not-empty`, `namespace-holds-tags`. */
export async function deleteNamespace(registry: Registry, call: Call, name: string): Promise<void> {
  await registry.database.write(async (transaction) => {
    if ((await deleteEmpty(transaction, call, [name], registry.now())) === 0) {
      throw new RegistryError('namespace-missing', { namespace: name })
    }
  })
}

/**
 * Deletes namespaces in one transaction. Ignores namespaces that do not exist. Throws `namespace-not-empty` with the
 * names of all that contain charts, and `namespace-holds-tags`.
 */
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
  if (rows.length === 0) return 0
  const full = rows.filter((row) => row.chart_count > 0)
  if (full.length > 0) {
    throw new RegistryError('namespace-not-empty', {
      namespace: full.map((row) => row.name).join(', '),
      charts: full.reduce((sum, row) => sum + row.chart_count, 0),
    })
  }
  const ids = padToPowerOfTwo(rows.map(({ id }) => id))
  await checkNoTags(transaction, ids)
  await deleteContents(transaction, call, ids, now)
  await transaction.deleteFrom('namespaces').where('id', 'in', ids).execute()
  // Grants are by name: a later namespace of this name must not inherit them.
  await transaction
    .deleteFrom('grants')
    .where('instance_id', '=', call.instance)
    .where('namespace', 'in', padToPowerOfTwo(rows.map(({ name }) => name)))
    .execute()
  const events = rows.map((row) => ({ action: 'namespace.delete', namespace: row.name }) as const)
  await recordEvents(transaction, call, events, now)
  return rows.length
}

/** Rejects namespaces with tags, because tagged manifests must be kept. Throws `namespace-holds-tags`. */
async function checkNoTags(transaction: Transaction<Schema>, ids: readonly string[]): Promise<void> {
  const held = await transaction
    .selectFrom('repositories')
    .innerJoin('tags', 'tags.repository_id', 'repositories.id')
    .innerJoin('namespaces', 'namespaces.id', 'repositories.namespace_id')
    .select((eb) => ['namespaces.name', eb.fn.countAll<number>().as('tags')])
    .where('repositories.namespace_id', 'in', ids)
    .groupBy('namespaces.name')
    .orderBy('namespaces.name')
    .limit(1)
    .executeTakeFirst()
  if (held) throw new RegistryError('namespace-holds-tags', { namespace: held.name, tags: held.tags })
}

/** Deletes the repositories of the namespaces with their untagged manifests, which would be collected anyway. */
async function deleteContents(
  transaction: Transaction<Schema>,
  call: Call,
  namespaceIds: readonly string[],
  now: string,
): Promise<void> {
  const repositories = transaction.selectFrom('repositories').select('id').where('namespace_id', 'in', namespaceIds)
  const manifests = transaction.selectFrom('manifests').select('id').where('repository_id', 'in', repositories)
  await inChunks(manifests, (ids) => deleteManifestRows(transaction, call.instance, ids, now))
  await deleteLinks(transaction, repositories)
  await inChunks(repositories, (ids) =>
    transaction.deleteFrom('repositories').where('id', 'in', padToPowerOfTwo(ids)).execute(),
  )
}

/** Calls `remove` with the IDs that a query finds, in chunks, until it finds none. */
async function inChunks<DB, TB extends keyof DB>(
  query: SelectQueryBuilder<DB, TB, { id: string }>,
  remove: (ids: string[]) => Promise<unknown>,
): Promise<void> {
  for (;;) {
    const rows = await query.limit(AT_ONCE).execute()
    if (rows.length > 0) await remove(rows.map(({ id }) => id))
    if (rows.length < AT_ONCE) return
    await yieldToEventLoop()
  }
}

async function deleteLinks(
  transaction: Transaction<Schema>,
  repositories: SelectQueryBuilder<Schema, 'repositories', { id: string }>,
): Promise<void> {
  const chunk = transaction
    .selectFrom('repository_blobs')
    .select(['repository_id', 'digest'])
    .where('repository_id', 'in', repositories)
    .limit(AT_ONCE)
  for (;;) {
    const { numDeletedRows } = await transaction
      .deleteFrom('repository_blobs')
      .where((eb) => eb(eb.refTuple('repository_id', 'digest'), 'in', chunk.$asTuple('repository_id', 'digest')))
      .executeTakeFirstOrThrow()
    if (numDeletedRows < AT_ONCE) return
    await yieldToEventLoop()
  }
}
