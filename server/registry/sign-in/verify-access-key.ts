import type { KnownCaller } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { writeIfPossible } from '../core/write-if-possible.ts'
import { accountCaller, LAST_USE_INTERVAL } from './callers.ts'

/**
 * Returns the account of an access key as the caller, if `isSignedWith` confirms that its secret made the signature.
 * Throws `access-key-unknown`, `signature-refused`, and `access-key-disabled` if the key or the account is disabled.
 * The signature is checked first, so that only a holder of the secret learns that the key is disabled.
 */
export async function verifyAccessKey(
  registry: Registry,
  id: string,
  isSignedWith: (secret: string) => boolean,
): Promise<KnownCaller> {
  const key = await registry.database.read
    .selectFrom('access_keys')
    .innerJoin('accounts', 'accounts.id', 'access_keys.account_id')
    .select(['access_keys.sealed_secret', 'access_keys.disabled', 'access_keys.last_used_at'])
    .select(['accounts.id', 'accounts.name', 'accounts.role', 'accounts.credential_revision'])
    .select('accounts.disabled as account_disabled')
    .where('access_keys.id', '=', id)
    .executeTakeFirst()
  if (!key) throw new RegistryError('access-key-unknown', { accessKey: id })
  if (!isSignedWith(registry.secretBox.open(key.sealed_secret))) throw new RegistryError('signature-refused')
  if (key.disabled || key.account_disabled) throw new RegistryError('access-key-disabled', { accessKey: id })
  await recordUse(registry, id, key.last_used_at)
  return accountCaller(registry, key, { kind: 'access-key', id })
}

async function recordUse(registry: Registry, id: string, last: string | null): Promise<void> {
  const now = registry.now()
  if (last !== null && Date.parse(now) - Date.parse(last) < LAST_USE_INTERVAL) return
  await writeIfPossible(registry, (transaction) =>
    transaction
      .updateTable('access_keys')
      .set({ last_used_at: now })
      .where('id', '=', id)
      .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', now)]))
      .execute(),
  )
}
