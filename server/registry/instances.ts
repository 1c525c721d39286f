import { foldName } from '../../chart/fuzzy.ts'
import type { InstanceType, Tag } from '../../contract/ccr/instances.ts'
import { findDefaultInstance } from '../db/instances.ts'
import type { InstanceRow } from '../db/schema.ts'
import { RegistryError } from './errors.ts'
import { newInstanceId } from './ids.ts'
import type { Registry } from './registry.ts'

export interface NewInstance {
  readonly name: string
  readonly type: InstanceType
  readonly bucket?: string | undefined
  readonly tags?: readonly Tag[] | undefined
}

/** Makes an instance in the registry's region. Names may repeat; the ID tells instances apart. */
export async function createInstance(registry: Registry, wanted: NewInstance): Promise<InstanceRow> {
  return insertInstance(registry, wanted, 0)
}

/** The default instance; the first start makes it. */
export async function ensureFirstInstance(registry: Registry): Promise<InstanceRow> {
  const there = await findDefaultInstance(registry.database.read)
  return there ?? insertInstance(registry, { name: 'default', type: 'ADVANCED' }, 1)
}

async function insertInstance(registry: Registry, wanted: NewInstance, is_default: 0 | 1): Promise<InstanceRow> {
  const row: InstanceRow = {
    id: newInstanceId(),
    name: wanted.name,
    folded_name: foldName(wanted.name),
    type: wanted.type,
    status: 'running',
    region: registry.region,
    bucket: wanted.bucket ?? '',
    tags_json: JSON.stringify(wanted.tags ?? []),
    is_default,
    created_at: registry.now(),
  }
  await registry.database.write((transaction) => transaction.insertInto('instances').values(row).execute())
  return row
}

/** Throws `instance-missing`. */
export async function renameInstance(registry: Registry, id: string, name: string): Promise<InstanceRow> {
  return updateInstance(registry, id, { name, folded_name: foldName(name) })
}

/** Throws `instance-missing`. */
export async function replaceInstanceTags(registry: Registry, id: string, tags: readonly Tag[]): Promise<void> {
  await updateInstance(registry, id, { tags_json: JSON.stringify(tags) })
}

/** The tags of an instance, from its row. */
export function instanceTags(row: Pick<InstanceRow, 'tags_json'>): Tag[] {
  return JSON.parse(row.tags_json)
}

async function updateInstance(registry: Registry, id: string, change: Partial<InstanceRow>): Promise<InstanceRow> {
  const row = await registry.database.write((transaction) =>
    transaction.updateTable('instances').set(change).where('id', '=', id).returningAll().executeTakeFirst(),
  )
  if (!row) throw new RegistryError('instance-missing', { instance: id })
  return row
}
