import type { Registry } from '../core/registry.ts'
import { ADMINISTRATOR } from './first-administrator.ts'

/** A pair that the configuration gives. */
export interface ConfiguredAccessKey {
  readonly id: string
  readonly secret: string
}

/**
 * Sees to it that the administrator has this access key, whoever had it before. One that was disabled stays so until
 * its secret is another; the one that the configuration gave before goes. The administrator must be there.
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
    const there = await transaction.selectFrom('access_keys').selectAll().where('id', '=', id).executeTakeFirst()
    if (there?.account_id === account_id && registry.secretBox.open(there.sealed_secret) === secret) return
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
