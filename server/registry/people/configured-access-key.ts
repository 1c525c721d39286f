import type { Registry } from '../core/registry.ts'
import { ADMINISTRATOR } from './first-administrator.ts'

/** Access key from the configuration. */
export interface ConfiguredAccessKey {
  readonly id: string
  readonly secret: string
}

/**
 * Ensures that the administrator has the access key of the configuration, also if another account had it. Deletes the
 * key of an earlier configuration. A disabled key stays disabled until its secret changes. Requires that the
 * administrator's account exists.
 */
export async function ensureConfiguredAccessKey(
  registry: Registry,
  { id, secret }: ConfiguredAccessKey,
): Promise<void> {
  await registry.database.write(async (transaction) => {
    const { id: account_id } = await transaction
      .selectFrom('accounts')
      .select('id')
      .where('name', '=', ADMINISTRATOR)
      .executeTakeFirstOrThrow()
    await transaction.deleteFrom('access_keys').where('configured', '=', 1).where('id', '!=', id).execute()
    const existing = await transaction.selectFrom('access_keys').selectAll().where('id', '=', id).executeTakeFirst()
    if (existing?.account_id === account_id && registry.secretBox.open(existing.sealed_secret) === secret) return
    const row = {
      id,
      account_id,
      sealed_secret: registry.secretBox.seal(secret),
      description: '',
      disabled: 0,
      configured: 1,
      created_at: registry.now(),
      last_used_at: null,
    } as const
    await transaction
      .insertInto('access_keys')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
  })
}
