import type { Kysely } from 'kysely'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { Account, Schema } from '../../db/schema.ts'

export interface AccountsQuery extends PageRequest {
  readonly query?: string | undefined
}

/** Returns a page of accounts, by name, or best match first when searching. */
export async function listAccounts(db: Kysely<Schema>, request: AccountsQuery): Promise<Page<Account>> {
  const found = fuzzySearch('folded_name', request.query)
  let matching = db.selectFrom('accounts')
  if (found) matching = matching.where(found.matches)
  let ordered = matching.selectAll()
  if (found) ordered = ordered.orderBy(found.rank)
  const rows = await ordered.orderBy('folded_name').limit(request.limit).offset(request.offset).execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

const accountWithId = prepared((db, { id }: { id: string }) =>
  db.selectFrom('accounts').selectAll().where('id', '=', id),
)

/** Returns an account by its ID, disabled or not. */
export async function findAccount(db: Kysely<Schema>, id: string): Promise<Account | undefined> {
  const [row] = await accountWithId(db, { id })
  return row
}

/** Returns the account with exactly this name, disabled or not. */
export async function findAccountByName(db: Kysely<Schema>, name: string): Promise<Account | undefined> {
  return db.selectFrom('accounts').selectAll().where('name', '=', name).executeTakeFirst()
}

/** Returns whether another enabled administrator exists whose role does not come from the provider. */
export async function hasOtherAdministrator(db: Kysely<Schema>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '!=', id)
    .where('role', '=', 'administrator')
    .where('role_source', '=', 'given')
    .where('disabled', '=', 0)
    .executeTakeFirst()
  return row !== undefined
}
