import type { Grant } from '../../contract/domain/roles.ts'
import type { Registry } from '../registry/core/registry.ts'
import { newAccount } from '../registry/people/accounts.ts'
import { quickPasswordHash } from './quick-password-hash.ts'

export interface TestAccount {
  readonly id: string
  readonly name: string
  readonly role: 'administrator' | 'member'
  readonly password: string
  readonly grants?: readonly Grant[]
}

/** Inserts an account with a cheap password hash, unless it exists. */
export async function insertAccount(registry: Registry, account: TestAccount): Promise<void> {
  const { id, name, role, password, grants = [] } = account
  const created_at = registry.now()
  const row = newAccount({ name, role, password_hash: quickPasswordHash(password) }, created_at)
  const given = grants.map((grant) => ({
    holder_id: id,
    instance_id: grant.instanceId,
    namespace: grant.namespace ?? '*',
    source: 'given' as const,
    role: grant.role,
    created_at,
  }))
  await registry.database.write(async (transaction) => {
    await transaction
      .insertInto('accounts')
      .values({ ...row, id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    if (given.length > 0) {
      await transaction
        .insertInto('grants')
        .values(given)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  })
}
