import { foldName } from '../../../chart/fuzzy.ts'
import type { Tag } from '../../../contract/ccr/instances.ts'
import type { InstanceType } from '../../../contract/domain/instance-types.ts'
import type { InstanceRow } from '../../db/schema.ts'
import { type Actor, type EventDetails, recordEvent, STARTUP } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import { newInstanceId } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findDefaultInstance, findInstance } from './instance-queries.ts'

export interface NewInstance {
  readonly name: string
  readonly type: InstanceType
  readonly bucket?: string | undefined
  readonly tags?: readonly Tag[] | undefined
}

/** Creates an instance in the registry's region. Names need not be unique; the ID identifies an instance. */
export async function createInstance(registry: Registry, call: Call, input: NewInstance): Promise<InstanceRow> {
  return insertInstance(registry, call, input, 0)
}

/** Returns the default instance, which the first start creates. */
export async function ensureFirstInstance(registry: Registry): Promise<InstanceRow> {
  const existing = await findDefaultInstance(registry.database.read)
  return existing ?? insertInstance(registry, STARTUP, { name: 'default', type: 'ADVANCED' }, 1)
}

async function insertInstance(
  registry: Registry,
  actor: Actor,
  input: NewInstance,
  is_default: 0 | 1,
): Promise<InstanceRow> {
  const row: InstanceRow = {
    id: newInstanceId(),
    name: input.name,
    folded_name: foldName(input.name),
    type: input.type,
    status: 'running',
    region: registry.region,
    bucket: input.bucket ?? '',
    tags_json: JSON.stringify(input.tags ?? []),
    is_default,
    created_at: registry.now(),
  }
  await registry.database.write(async (transaction) => {
    await transaction.insertInto('instances').values(row).execute()
    const event = { action: 'instance.create', subject: row.name } as const
    await recordEvent(transaction, { ...actor, instance: row.id }, event, row.created_at)
  })
  return row
}

/** Renames the addressed instance. Throws `instance-missing`. */
export async function renameInstance(registry: Registry, call: Call, name: string): Promise<InstanceRow> {
  const change = { name, folded_name: foldName(name) }
  return updateInstance(registry, call, change, { action: 'instance.rename', subject: name })
}

/** Replaces the tags of the addressed instance. Throws `instance-missing`. */
export async function replaceInstanceTags(registry: Registry, call: Call, tags: readonly Tag[]): Promise<void> {
  const subject = tags.map(({ tagKey, tagValue }) => `${tagKey}=${tagValue}`).join(', ')
  await updateInstance(registry, call, { tags_json: JSON.stringify(tags) }, { action: 'instance.tag', subject })
}

/** Returns the tags of an instance from its row. */
export function instanceTags(row: Pick<InstanceRow, 'tags_json'>): Tag[] {
  return JSON.parse(row.tags_json)
}

/** Updates the addressed instance, and records the event if something changes. */
async function updateInstance(
  registry: Registry,
  call: Call,
  change: Partial<InstanceRow>,
  event: EventDetails,
): Promise<InstanceRow> {
  const now = registry.now()
  return registry.database.write(async (transaction) => {
    const before = await findInstance(transaction, call.instance)
    if (!before) throw new RegistryError('instance-missing', { instance: call.instance })
    const after = { ...before, ...change }
    if (after.name === before.name && after.tags_json === before.tags_json) return before
    await transaction.updateTable('instances').set(change).where('id', '=', before.id).execute()
    await recordEvent(transaction, call, event, now)
    return after
  })
}
