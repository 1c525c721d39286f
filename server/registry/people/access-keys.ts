import { ACCESS_KEYS_LIMIT } from '../../../contract/console/access-keys.ts'
import type { AccessKeyRow } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import type { Call } from '../core/call.ts'
import { newAccessKeyHalf } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findAccessKey, listAccessKeys } from './access-key-queries.ts'

/**
 * Creates an access key of the caller. Returns its row and its secret, which is stored encrypted and never returned
 * again. Throws `access-key-quota`, and `not-allowed` if the caller is not an account.
 */
export async function createAccessKey(
  registry: Registry,
  call: Call,
  description: string,
): Promise<{ row: AccessKeyRow; secret: string }> {
  const account_id = ownerOf(call)
  const now = registry.now()
  const secret = newAccessKeyHalf()
  const row: AccessKeyRow = {
    id: newAccessKeyHalf(),
    account_id,
    sealed_secret: registry.secretBox.seal(secret),
    description,
    disabled: 0,
    configured: 0,
    created_at: now,
    last_used_at: null,
  }
  await registry.database.write(async (transaction) => {
    if ((await listAccessKeys(transaction, account_id)).length >= ACCESS_KEYS_LIMIT) {
      throw new RegistryError('access-key-quota', { limit: ACCESS_KEYS_LIMIT })
    }
    await transaction.insertInto('access_keys').values(row).execute()
    await recordEvent(transaction, call, { action: 'access-key.create', subject: row.id }, now)
  })
  return { row, secret }
}

/** Changes of an access key; undefined properties keep their values. */
export interface AccessKeyChange {
  readonly description?: string | undefined
  readonly disabled?: boolean | undefined
}

/** Changes an access key of the caller. Signatures by a disabled key are rejected. Throws `access-key-missing`. */
export async function changeAccessKey(
  registry: Registry,
  call: Call,
  id: string,
  { description, disabled }: AccessKeyChange,
): Promise<AccessKeyRow> {
  return registry.database.write(async (transaction) => {
    const row = await findAccessKey(transaction, ownerOf(call), id)
    if (!row) throw new RegistryError('access-key-missing', { accessKey: id })
    const changed = {
      description: description ?? row.description,
      disabled: disabled === undefined ? row.disabled : disabled ? 1 : 0,
    } as const
    await transaction.updateTable('access_keys').set(changed).where('id', '=', id).execute()
    await recordEvent(transaction, call, { action: 'access-key.change', subject: id }, registry.now())
    return { ...row, ...changed }
  })
}

/** Deletes an access key of the caller. Throws `access-key-missing`. */
export async function deleteAccessKey(registry: Registry, call: Call, id: string): Promise<void> {
  await registry.database.write(async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('access_keys')
      .where('id', '=', id)
      .where('account_id', '=', ownerOf(call))
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw new RegistryError('access-key-missing', { accessKey: id })
    await recordEvent(transaction, call, { action: 'access-key.delete', subject: id }, registry.now())
  })
}

/** Returns the ID of the calling account. Throws `not-allowed` for other callers: access keys belong to accounts. */
export function ownerOf({ caller }: Call): string {
  if (caller.kind !== 'account') throw new RegistryError('not-allowed')
  return caller.id
}
