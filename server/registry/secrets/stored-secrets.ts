import type { Database } from '../../db/database.ts'
import { newSecret } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'

/** Name of the secret that the first start stores, by which later starts check that the key is the same. */
const KEY_CHECK = 'key-check'

/**
 * Returns the registry's own secret with this name. The first process that needs it generates and stores it encrypted.
 */
export async function storedSecret(registry: Registry, name: string): Promise<string> {
  const find = () =>
    registry.database.read.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirst()
  const existing = await find()
  if (existing) return registry.secretBox.open(existing.value)
  const row = { name, value: registry.secretBox.seal(newSecret()), created_at: registry.now() }
  await registry.database.write((transaction) =>
    transaction
      .insertInto('secrets')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
  return registry.secretBox.open((await find())?.value ?? row.value)
}

/** Returns whether the database has encrypted secrets, which would be lost without the key. */
export async function hasSealedSecrets({ read }: Database): Promise<boolean> {
  const secret = await read.selectFrom('secrets').select('name').limit(1).executeTakeFirst()
  return (
    secret !== undefined ||
    (await read.selectFrom('access_keys').select('id').limit(1).executeTakeFirst()) !== undefined
  )
}

/** Checks the encryption key. Throws `WrongKeyError` if the stored secrets were encrypted with another one. */
export async function checkSecretKey(registry: Registry): Promise<void> {
  await storedSecret(registry, KEY_CHECK)
}
