import { brokenNamespaceNameRules } from '../../../contract/domain/namespace-name.ts'
import { QUOTAS } from '../../../contract/domain/quotas.ts'
import type { Flag } from '../../db/columns.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import { newId } from '../core/ids.ts'
import { nextNumber } from '../core/next-number.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { countNamespacesAndCharts, findInstance } from './instance-queries.ts'
import { findNamespace } from './namespace-queries.ts'

/**
 * Creates a namespace in the addressed instance. Throws `namespace-name-invalid`, `instance-missing`,
 * `namespace-quota`, `namespace-exists`.
 */
export async function createNamespace(
  registry: Registry,
  call: Call,
  input: { readonly name: string; readonly public: boolean },
): Promise<NamespaceRow> {
  if (brokenNamespaceNameRules(input.name).length > 0) throw new RegistryError('namespace-name-invalid')
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
        name: input.name,
        public: flag(input.public),
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
    if (!row) throw new RegistryError('namespace-exists', { namespace: input.name })
    const limit = QUOTAS[instance.type].namespace
    const { namespace } = await countNamespacesAndCharts(transaction, instance.id)
    if (namespace > limit) throw new RegistryError('namespace-quota', { namespace: input.name, limit })
    const subject = input.public ? 'public=true' : undefined
    await recordEvent(transaction, call, { action: 'namespace.create', namespace: input.name, subject }, now)
    return row
  })
}

/** Changes the given properties of a namespace. Throws `namespace-missing`. */
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
    if (subject) await recordEvent(transaction, call, { action: 'namespace.change', namespace: name, subject }, now)
    return row
  })
}

/** New values of the changed properties for the audit log: `public=true, immutable=false`. */
function changesOf(before: NamespaceRow, after: NamespaceRow): string {
  return (['public', 'auto_scan', 'immutable'] as const)
    .filter((column) => before[column] !== after[column])
    .map((column) => `${column === 'auto_scan' ? 'autoScan' : column}=${after[column] === 1}`)
    .join(', ')
}

function flag(value: boolean): Flag {
  return value ? 1 : 0
}
