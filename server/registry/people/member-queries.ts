import type { Kysely } from 'kysely'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Page, PageRequest } from '../../db/page.ts'
import type { Account, GrantRow, Schema } from '../../db/schema.ts'

export interface MembersQuery extends PageRequest {
  readonly instanceId: string
  readonly query?: string | undefined
}

/** An account and its grants in an instance. */
export interface MemberRow {
  readonly account: Pick<Account, 'id' | 'name' | 'disabled'>
  readonly grants: readonly GrantRow[]
}

/** Returns a page of the accounts with a grant in an instance, by name, or best match first when searching. */
export async function listMembers(db: Kysely<Schema>, request: MembersQuery): Promise<Page<MemberRow>> {
  const found = fuzzySearch('folded_name', request.query)
  let matching = db
    .selectFrom('accounts')
    .where('id', 'in', db.selectFrom('grants').select('holder_id').where('instance_id', '=', request.instanceId))
  if (found) matching = matching.where(found.matches)
  let ordered = matching.select(['id', 'name', 'disabled'])
  if (found) ordered = ordered.orderBy(found.rank)
  const accounts = await ordered.orderBy('folded_name').limit(request.limit).offset(request.offset).execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const grants = await grantsOf(
    db,
    request.instanceId,
    accounts.map(({ id }) => id),
  )
  return { total, rows: accounts.map((account) => ({ account, grants: grants.get(account.id) ?? [] })) }
}

async function grantsOf(
  db: Kysely<Schema>,
  instanceId: string,
  holders: readonly string[],
): Promise<ReadonlyMap<string, GrantRow[]>> {
  if (holders.length === 0) return new Map()
  const rows = await db
    .selectFrom('grants')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('holder_id', 'in', holders)
    .orderBy('namespace')
    .orderBy('source')
    .execute()
  return Map.groupBy(rows, ({ holder_id }) => holder_id)
}
