import type { Database } from '../../db/database.ts'
import { newSecret } from '../core/ids.ts'
import type { Registry } from '../core/registry.ts'

/** What is sealed at the first start, to see at every other whether the key is still the same. */
const KEY_CHECK = 'key-check'

/** Secrets that the registry makes up for itself, each once, by whichever process needs it first. Kept sealed. */
export async function storedSecret(registry: Registry, name: string): Promise<string> {
  const find = () =>
    registry.database.read.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirst()
  const there = await find()
  if (there) return registry.secretBox.open(there.value)
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

/** Whether the database has anything that was sealed, and is lost without the key. */
export async function hasSealedSecrets({ read }: Database): Promise<boolean> {
  const secret = await read.selectFrom('secrets').select('name').limit(1).executeTakeFirst()
  return (
    secret !== undefined ||
    (await read.selectFrom('access_keys').select('id').limit(1).executeTakeFirst()) !== undefined
  )
}

/** Throws `WrongKeyError` when what the registry keeps was sealed with another key. */
export async function checkSecretKey(registry: Registry): Promise<void> {
  await storedSecret(registry, KEY_CHECK)
}
